// Serves the JSON Schema of `.github/pyward.yml`, which editors use to help while it is written.

import type { IncomingMessage, ServerResponse } from "node:http";
import { prepareResource, sendMethodNotAllowed, sendResource } from "./send.ts";

export const schemaPath = "/schema/pyward.schema.json";

/** @param schema the schema's text. */
export function createSchemaPage(schema: string) {
  const resource = prepareResource({
    type: "application/schema+json; charset=utf-8",
    cache: "public, max-age=300",
    body: schema,
  });
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if ((request.url ?? "/").split("?", 1)[0] !== schemaPath) return false;
    if (request.method !== "GET" && request.method !== "HEAD") sendMethodNotAllowed(response);
    else sendResource(request, response, resource);
    return true;
  };
}
