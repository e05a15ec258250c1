// One REST request through every check GitHub makes and some more: what GitHub's description does not
// know, in a request or in an answer, is an error here.

import { authenticate } from "./authenticate.ts";
import type { Actor, Answer, Call, Routes, Stage } from "./call.ts";
import type { Ledger, Violation } from "./ledger.ts";
import type { Match, Operation } from "./openapi.ts";
import { describeGitHub } from "./openapi.ts";
import { mayDo } from "./permissions.ts";
import { forbidden, invalidRequest, notFound, Refusal, unauthorized } from "./refusal.ts";
import type { Repository } from "./world.ts";
import { findRepository } from "./world.ts";

export interface RestRequest {
  readonly method: string;
  /** Without prefix and query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly accept: string;
  readonly body: unknown;
  readonly actor: Actor;
  readonly match: Match;
}

/** Does what is asked. Throws a `Refusal` for what GitHub would refuse; notes what nobody should send. */
export async function answerRest(
  stage: Stage,
  routes: Routes,
  ledger: Ledger,
  request: RestRequest,
): Promise<Answer> {
  const { operation, params } = request.match;
  const line = `${request.method} ${request.path}`;
  const accuse = (kind: Violation["kind"], detail: string) =>
    ledger.accuse({ kind, request: line, detail });

  const route = routes[operation.id];
  if (!route) {
    accuse("not implemented", `${operation.id} is not part of the emulator yet`);
    const message = `The emulator does not know how to do ${operation.id} (${line}).`;
    throw new Refusal(501, { message, documentation_url: "" });
  }
  const repository = admit(stage, operation, request, accuse);
  const faults = requestFaults(request);
  if (faults.length > 0) {
    accuse("bad request", faults.join("; "));
    throw invalidRequest(faults);
  }
  const call: Call = {
    ...stage,
    operation,
    params,
    query: request.query,
    body: request.body,
    actor: request.actor,
    user: stage.world.app.bot,
    media: mediaOf(request.accept),
    get repository() {
      if (!repository) throw notFound();
      return repository;
    },
  };
  try {
    const answer = await route(call);
    checkAnswer(operation, answer, accuse);
    return answer;
  } catch (error) {
    if (error instanceof Refusal && error.status === 422) accuse("semantic", explain(error));
    if (error instanceof Refusal && error.status === 403) accuse("permission", error.message);
    throw error;
  }
}

/** Finds the actor of a request; notes failures. */
export function identify(
  stage: Stage,
  ledger: Ledger,
  request: string,
  authorization: string | undefined,
): Actor {
  try {
    return authenticate(stage.world, authorization);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    ledger.accuse({ kind: "authentication", request, detail });
    throw error;
  }
}

const openToAll = new Set(["meta/get", "rate-limit/get", "apps/create-from-manifest"]);

/** The checks before the request is looked into: token, repository, permission. */
function admit(
  stage: Stage,
  operation: Operation,
  { actor, method, match }: RestRequest,
  accuse: (kind: Violation["kind"], detail: string) => void,
): Repository | undefined {
  const { id } = operation;
  if (openToAll.has(id)) return undefined;
  if (actor.kind === "none") throw unauthorized("Requires authentication");
  const forApp = isForApp(id);
  if (forApp !== (actor.kind === "app")) {
    accuse(
      "authentication",
      `${id} asks for ${forApp ? "the App's own" : "an installation's"} token`,
    );
    throw forApp ? unauthorized("A JSON web token could not be decoded") : forbidden();
  }
  if (actor.kind !== "installation") return undefined;

  const { owner, repo } = match.params;
  if (owner === undefined || repo === undefined) return undefined;
  const repository = findRepository(stage.world, owner, repo);
  if (!repository) throw notFound();
  const { installation, permissions, repositories } = actor.token;
  const covered =
    installation.repositories.has(repository.id) && (repositories?.has(repository.id) ?? true);
  if (!covered) {
    accuse("permission", `the token does not cover ${owner}/${repo}`);
    if (repository.isPrivate) throw notFound();
    if (method !== "GET") throw forbidden();
  }
  if (!mayDo(id, permissions)) {
    accuse("permission", `${id} is not allowed with ${JSON.stringify(permissions)}`);
    throw forbidden();
  }
  return repository;
}

function isForApp(id: string): boolean {
  return id.startsWith("apps/") && id !== "apps/list-repos-accessible-to-installation";
}

/** What the description finds wrong with the path, the query and the body. */
function requestFaults({ match, query, body }: RestRequest): readonly string[] {
  const { schemas } = describeGitHub();
  const { operation, params } = match;
  const faults: string[] = [];
  for (const parameter of operation.parameters) {
    const text = parameter.in === "path" ? params[parameter.name] : query[parameter.name];
    if (text === undefined) {
      if (parameter.required) faults.push(`the query lacks ${parameter.name}`);
      continue;
    }
    const value = fromText(text, parameter.schema.type);
    const told = schemas.faults(parameter.schema, value);
    faults.push(...told.map((fault) => `${parameter.name}: ${fault}`));
  }
  const named = new Set(operation.parameters.map((each) => each.name));
  for (const key of Object.keys(query)) {
    if (!named.has(key)) faults.push(`the query's ${key} is not known to GitHub here`);
  }
  const { requestBody } = operation;
  if (!requestBody) {
    if (body !== undefined) faults.push("GitHub expects no body here");
  } else if (body === undefined) {
    if (requestBody.required) faults.push("GitHub expects a body here");
  } else if (requestBody.schema) faults.push(...schemas.faults(requestBody.schema, body));
  return faults;
}

function fromText(text: string, type: unknown): unknown {
  if ((type === "integer" || type === "number") && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** An answer that GitHub's description does not know would be a lie: it is noted as our own fault. */
function checkAnswer(
  operation: Operation,
  answer: Answer,
  accuse: (kind: Violation["kind"], detail: string) => void,
): void {
  const status = answer.status ?? 200;
  const faults: string[] = [];
  if (!operation.responses.has(status)) faults.push(`GitHub never answers ${status} here`);
  const schema = operation.responses.get(status);
  if (schema && !answer.raw) faults.push(...describeGitHub().schemas.faults(schema, answer.body));
  if (faults.length === 0) return;
  const detail = `the answer to ${operation.id} is not GitHub's: ${faults.slice(0, 8).join("; ")}`;
  accuse("emulator", detail);
  throw new Error(detail);
}

function mediaOf(accept: string): Call["media"] {
  const [, media] = /vnd\.github\.(?:v3\.)?(raw|diff|object|sha)\b/.exec(accept) ?? [];
  return media === "raw" || media === "diff" || media === "object" || media === "sha"
    ? media
    : "json";
}

function explain(refusal: Refusal): string {
  return JSON.stringify(refusal.body.errors ?? refusal.message);
}
