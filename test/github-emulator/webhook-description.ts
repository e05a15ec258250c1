// GitHub's own description of its webhooks, against which every payload is checked before it is sent.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createSchemas, type Schema, type Schemas } from "./schemas.ts";

interface RawWebhooks {
  readonly webhooks: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: {
            readonly content: { readonly "application/json": { readonly schema: Schema } };
          };
        };
      }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let parsed: { readonly raw: RawWebhooks; readonly schemas: Schemas } | undefined;

/** What is wrong with a payload; one sentence per fault. */
export function payloadFaults(
  event: string,
  action: string | undefined,
  payload: unknown,
): readonly string[] {
  parsed ??= read();
  const name = [event, action]
    .filter((part) => part !== undefined)
    .join("_")
    .replaceAll("_", "-");
  const described = parsed.raw.webhooks[name];
  if (!described) return [`GitHub has no webhook ${event}.${action ?? ""}`];
  return parsed.schemas.faults(
    described.post.requestBody.content["application/json"].schema,
    payload,
  );
}

function read(): { readonly raw: RawWebhooks; readonly schemas: Schemas } {
  const file = createRequire(import.meta.url).resolve(
    "@octokit/openapi-webhooks/generated/api.github.com.json",
  );
  const raw = JSON.parse(readFileSync(file, "utf8")) as RawWebhooks;
  allowNewEvents(raw.components.schemas);
  // Not strict about keys: the older events' descriptions lag behind what GitHub sends in all of them.
  return { raw, schemas: createSchemas("webhooks", raw.components.schemas, false) };
}

/** A check suite's App may subscribe to events that are younger than that description: `merge_group`. */
function allowNewEvents(schemas: Readonly<Record<string, Schema>>): void {
  for (const action of ["requested", "rerequested", "completed"]) {
    let schema: unknown = schemas[`webhook-check-suite-${action}`];
    for (const key of ["check_suite", "app", "events"]) {
      schema = (schema as { properties?: Record<string, unknown> } | undefined)?.properties?.[key];
    }
    const { items } = (schema ?? {}) as { items?: Record<string, unknown> };
    if (items) delete items.enum;
  }
}
