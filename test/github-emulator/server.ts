// The HTTP side: prefixes, bodies, faults, limits, entity tags and the ledger, around REST and GraphQL.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor, Answer, Routes, Stage } from "./call.ts";
import type { Fault, Faults } from "./faults.ts";
import { answerGraphQl, parseGraphQl } from "./graphql/answer.ts";
import type { Ledger } from "./ledger.ts";
import { headersOf, type Limits, primaryLimit, secondaryLimit } from "./limits.ts";
import { answerManifestPage } from "./manifest-pages.ts";
import { describeGitHub } from "./openapi.ts";
import { notFound, Refusal } from "./refusal.ts";
import { answerRest, identify } from "./rest.ts";
import { archive } from "./routes/contents.ts";

export interface ServerParts {
  /** Known only when the server listens. */
  readonly stage: () => Stage;
  readonly routes: Routes;
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly limits: Limits;
  /** Milliseconds before each answer. */
  readonly delay: number;
  /** Called after each request. */
  readonly changed: () => void;
  /** Serves what is not the API; tells whether it did. */
  readonly pages: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** What the ledger wants to know and only the handling finds out. */
interface Notes {
  template: string | undefined;
  operation: string | undefined;
  points: number;
  contentCreating: boolean;
  body: unknown;
  actor: Actor;
}

const largestBody = 25 * 1024 * 1024;

export function createGitHubServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const told = `${request.method} ${request.url}`;
      parts.ledger.accuse({ kind: "emulator", request: told, detail });
      send(response, 500, {}, JSON.stringify({ message: `The emulator failed: ${detail}` }));
    });
  });
}

async function serve(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://emulator");
  const { path, kind } = placeOf(url.pathname);
  if (kind === "root" && (await answerManifestPage(parts.stage(), url, request, response))) return;
  const wantsPage = (request.headers.accept ?? "").includes("text/html");
  if (kind === "root" && (wantsPage || !describeGitHub().match(request.method ?? "GET", path))) {
    if (parts.pages?.(request, response)) return;
  }
  if (path.startsWith("/_codeload/")) {
    const bytes = await archive(parts.stage(), path);
    send(response, bytes ? 200 : 404, { "content-type": "application/x-gzip" }, bytes ?? "");
    return;
  }
  const incoming: Incoming = {
    method: request.method ?? "GET",
    path,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    text: await readText(request),
  };
  const at = performance.now();
  const notes: Notes = {
    template: undefined,
    operation: undefined,
    points: incoming.method === "GET" ? 1 : 5,
    contentCreating: false,
    body: undefined,
    actor: { kind: "none" },
  };
  const status = await respond(parts, incoming, kind === "graphql", notes, response);
  const { actor, ...noted } = notes;
  const { method, query } = incoming;
  parts.ledger.record({ method, path, query, ...noted, status, token: actor.kind, at });
  parts.changed();
}

function placeOf(pathname: string): { path: string; kind: "root" | "api" | "graphql" } {
  if (pathname === "/graphql" || pathname === "/api/graphql") {
    return { path: "/graphql", kind: "graphql" };
  }
  const under = /^\/api\/v3(\/.*)?$/.exec(pathname);
  if (under) return { path: under[1] ?? "/", kind: "api" };
  return { path: pathname, kind: "root" };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error("a request of more than 25 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Answers and returns the status; 0 where the connection was cut. */
async function respond(
  parts: ServerParts,
  incoming: Incoming,
  isGraphQl: boolean,
  notes: Notes,
  response: ServerResponse,
): Promise<number> {
  const match = isGraphQl ? undefined : describeGitHub().match(incoming.method, incoming.path);
  notes.template = isGraphQl ? "/graphql" : match?.operation.template;
  notes.operation = isGraphQl ? "graphql" : match?.operation.id;
  notes.contentCreating = match?.operation.triggersNotification ?? false;

  const fault = parts.faults.take({ ...incoming, operation: notes.operation });
  if (parts.delay > 0) await sleep(parts.delay);
  if (fault?.kind === "delay") await sleep(fault.ms);
  if (fault?.kind === "hang") return 0;
  if (fault?.kind === "act-before") await fault.act();
  if (fault?.kind === "reset-before" || fault?.kind === "act-before") {
    response.destroy();
    return 0;
  }
  let answer: Answer;
  let headers: Record<string, string> = {};
  try {
    refuseByFault(parts, notes.actor, fault);
    checkManners(incoming);
    notes.body = parseBody(incoming.text);
    const stage = parts.stage();
    const line = `${incoming.method} ${incoming.path}`;
    notes.actor = identify(stage, parts.ledger, line, incoming.headers.authorization);
    const question = isGraphQl ? await parseGraphQl(notes.body, parts.ledger) : undefined;
    if (question) {
      notes.operation = `graphql/${question.field}`;
      notes.points = question.isMutation ? 5 : 1;
    }
    const resource = isGraphQl ? "graphql" : "core";
    const isFree = notes.operation === "rate-limit/get";
    headers = isFree
      ? headersOf(parts.limits.state(notes.actor, resource))
      : parts.limits.use(notes.actor, { ...notes, resource, path: incoming.path });
    if (question) answer = await answerGraphQl(stage, notes.actor, question, parts.ledger);
    else if (isFree) answer = rates(parts, notes.actor);
    else if (match) {
      const accept = incoming.headers.accept ?? "";
      const { actor, body } = notes;
      const rest = { ...incoming, accept, body, actor, match };
      answer = await answerRest(stage, parts.routes, parts.ledger, rest);
    } else {
      parts.ledger.accuse({
        kind: "unknown route",
        request: line,
        detail: "GitHub has no such route",
      });
      throw notFound();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = { status: error.status, body: error.body, headers: error.headers };
  }
  if (fault?.kind === "act-after") await fault.act();
  if (fault?.kind === "reset-after" || fault?.kind === "act-after") {
    response.destroy();
    return 0;
  }
  const status = sendAnswer(parts, incoming, answer, headers, response);
  if (status === 304) parts.limits.giveBack(notes.actor, "core");
  return status;
}

function refuseByFault(parts: ServerParts, actor: Actor, fault: Fault | undefined): void {
  if (fault?.kind === "status") {
    const body = (fault.body ?? { message: "Server Error" }) as Record<string, unknown>;
    throw new Refusal(fault.status, body, fault.headers);
  }
  if (fault?.kind === "secondary-limit") throw secondaryLimit(fault.retryAfter ?? 60);
  if (fault?.kind === "primary-limit") {
    const now = Math.floor(parts.stage().world.now().getTime() / 1000);
    const reset = now + (fault.resetIn ?? 3600);
    throw primaryLimit(headersOf({ ...parts.limits.state(actor, "core"), remaining: 0, reset }));
  }
}

/** What GitHub wants of every request. */
function checkManners({ headers }: Incoming): void {
  if (headers["user-agent"] === undefined) {
    const message =
      "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
    throw new Refusal(403, { message });
  }
  const version = headers["x-github-api-version"];
  if (version !== undefined && version !== "2022-11-28") {
    const message = `Invalid API version: the emulator speaks 2022-11-28 only, not ${version}`;
    throw new Refusal(400, { message, documentation_url: "https://docs.github.com/rest" });
  }
}

function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, {
      message: "Problems parsing JSON",
      documentation_url: "https://docs.github.com/rest",
    });
  }
}

function rates(parts: ServerParts, actor: Actor): Answer {
  const core = parts.limits.state(actor, "core");
  const graphql = parts.limits.state(actor, "graphql");
  return {
    body: { resources: { core, graphql, search: { ...core, resource: "search" } }, rate: core },
  };
}

function sendAnswer(
  parts: ServerParts,
  incoming: Incoming,
  answer: Answer,
  limits: Readonly<Record<string, string>>,
  response: ServerResponse,
): number {
  const status = answer.status ?? 200;
  const content =
    answer.raw?.content ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
  const headers: Record<string, string> = {
    date: parts.stage().world.now().toUTCString(),
    "content-type": answer.raw?.type ?? "application/json; charset=utf-8",
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": "2022-11-28",
    "x-github-request-id": crypto.randomUUID(),
    ...limits,
    ...answer.headers,
  };
  if (incoming.method === "GET" && status === 200) {
    const etag = `W/"${createHash("sha256").update(content).digest("hex")}"`;
    headers.etag = etag;
    if (incoming.headers["if-none-match"] === etag) return send(response, 304, headers, "");
  }
  return send(response, status, headers, content);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  content: string | Buffer,
): number {
  if (!response.headersSent) response.writeHead(status, headers);
  response.end(content);
  return status;
}
