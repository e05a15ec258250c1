// The JSON Schema of the config as the App serves it.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { configJsonSchema } from "../../src/review/config-file.ts";
import { createSchemaPage, schemaPath } from "../../src/web/schema-page.ts";

test("the schema is served at its address, and nothing else is", async () => {
  const page = createSchemaPage(configJsonSchema());
  const server = createServer(async (request, response) => {
    if (!(await page(request, response))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const answer = await fetch(origin + schemaPath);
    expect(answer.headers.get("content-type")).toMatch(/^application\/schema\+json/u);
    expect(await answer.json()).toMatchObject({ title: "Pyward", type: "object" });
    expect((await fetch(origin + schemaPath, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${origin}/schema/`)).status).toBe(418);
  } finally {
    server.close();
  }
});
