// Where webhooks come in: the body is limited while it streams, the signature is checked on the raw
// bytes before anything reads them, and only then the event is handed on.
// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries

import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { HeardOutcome, Metrics } from "../jobs/metrics.ts";
import type { Traces } from "../jobs/traces.ts";
import { UnreadableEvent } from "./read-event.ts";

export interface FrontDoorOptions {
  readonly secret: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly traces: Traces;
  /**
   * Takes the event; when it resolves, the event is safely stored. Throws `UnreadableEvent` for one that
   * cannot be read.
   */
  receive(event: WebhookEvent): Promise<void>;
}

export interface WebhookEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

export const webhookPath = "/api/github/webhooks";

/** GitHub sends no more than 25 MB. */
const largestBody = 25 * 1024 * 1024;

export function createFrontDoor(options: FrontDoorOptions): RequestHandler {
  const { log, metrics, traces } = options;
  return async (request, response) => {
    if (pathOf(request) !== webhookPath) return false;
    const refuse = ({ status, sentence, outcome }: Refusal, event?: string) => {
      metrics.heard(outcome, event);
      answer(request, response, status, sentence);
      return true;
    };
    const refusal = refuseHeaders(request);
    if (refusal !== undefined) return refuse(refusal);
    const body = await readBody(request).catch(() => "cut off" as const);
    if (body === "cut off") return true;
    if (body === undefined) return refuse(tooLarge);
    if (!isSigned(body, header(request, "x-hub-signature-256"), options.secret)) {
      log.warn({ delivery: delivery(request) }, "a delivery with a wrong signature");
      return refuse(unsigned);
    }
    const event = header(request, "x-github-event");
    const payload = parseObject(body);
    if (payload === undefined) return refuse(noObject, event);
    try {
      const id = delivery(request);
      const facts = { "pyward.event": event };
      await traces.span({ name: "webhook", kind: "in", deliveries: [id], facts }, () =>
        options.receive({ id, name: event, payload }),
      );
    } catch (error) {
      if (error instanceof UnreadableEvent) {
        log.warn(
          { delivery: delivery(request), reason: error.message },
          "a delivery is not readable",
        );
        return refuse(malformed(400, error.message), event);
      }
      log.error({ err: error, delivery: delivery(request) }, "a delivery was not taken");
      return refuse(notStored, event);
    }
    metrics.heard("accepted", event);
    answer(request, response, 202, "accepted");
    return true;
  };
}

interface Refusal {
  readonly status: number;
  readonly sentence: string;
  readonly outcome: HeardOutcome;
}

const tooLarge: Refusal = {
  status: 413,
  sentence: "The body is larger than 25 MB.",
  outcome: "too-large",
};
const unsigned: Refusal = {
  status: 401,
  sentence: "The signature does not fit the body and the webhook secret.",
  outcome: "unsigned",
};
const noObject = malformed(400, "The body is not a JSON object.");
const notStored: Refusal = {
  status: 500,
  sentence: "The event could not be stored; please send it again.",
  outcome: "not-stored",
};

function malformed(status: number, sentence: string): Refusal {
  return { status, sentence, outcome: "malformed" };
}

function refuseHeaders(request: IncomingMessage): Refusal | undefined {
  if (request.method !== "POST") {
    return malformed(405, "Webhooks are sent by POST.");
  }
  if (!/^application\/json(?:;|$)/iu.test(header(request, "content-type"))) {
    return malformed(415, "Set the webhook's content type to application/json.");
  }
  for (const name of ["x-github-event", "x-github-delivery", "x-hub-signature-256"]) {
    const value = header(request, name);
    if (value === "" || value.length > 200) {
      return malformed(400, `The header ${name} is missing or too long.`);
    }
  }
  return Number(header(request, "content-length")) > largestBody ? tooLarge : undefined;
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}

function delivery(request: IncomingMessage): string {
  return header(request, "x-github-delivery");
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/** The whole body, or `undefined` as soon as it is too large: no more of it is kept then. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The stream outlives the loop, so that the refusal can still be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const given = Buffer.from(signature);
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parseObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What is left of a refused body is thrown away as it comes, so that the answer is still heard. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
): void {
  request.resume();
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}
