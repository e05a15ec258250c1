// The pages of GitHub that a person meets when an App is registered from a manifest: the one that asks,
// and the one where the App is installed.
// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest

import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Stage } from "./call.ts";

const manifestSchema = z.strictObject({
  name: z.string().max(34),
  url: z.url(),
  hook_attributes: z.strictObject({ url: z.url(), active: z.boolean().optional() }).optional(),
  redirect_url: z.url().optional(),
  description: z.string().optional(),
  public: z.boolean().optional(),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
  default_events: z.array(z.string()).optional(),
});

/** What was asked for, until the person says yes. */
const asked = new Map<string, { manifest: z.infer<typeof manifestSchema>; state: string }>();

/** Tells whether it was one of these pages. */
export async function answerManifestPage(
  { world }: Stage,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams } = url;
  const owner = /^(?:\/organizations\/([^/]+))?\/settings\/apps\/new$/u.exec(pathname);
  if (owner && request.method === "POST") {
    const form = new URLSearchParams(await text(request));
    const read = manifestSchema.safeParse(parse(form.get("manifest")));
    if (!read.success) {
      sendPage(response, 422, "Invalid manifest", z.prettifyError(read.error));
      return true;
    }
    const id = randomBytes(8).toString("hex");
    asked.set(id, { manifest: read.data, state: searchParams.get("state") ?? "" });
    const { name, hook_attributes: hook, default_permissions: permissions = {} } = read.data;
    const list = Object.entries(permissions).map(([key, access]) => `<li>${key}: ${access}</li>`);
    const whose = owner[1] === undefined ? "you" : quoted(owner[1]);
    sendPage(
      response,
      200,
      `Create GitHub App for ${whose}`,
      `<form method="post" action="/settings/apps/manifest/${id}">
        <label>GitHub App name <input name="name" value="${quoted(name)}"></label>
        <p>Webhook: ${quoted(hook?.url ?? "none")}</p><ul>${list.join("")}</ul>
        <button type="submit">Create GitHub App for ${whose}</button></form>`,
    );
    return true;
  }
  const [, id = ""] = /^\/settings\/apps\/manifest\/(\w+)$/u.exec(pathname) ?? [];
  const said = asked.get(id);
  if (said && request.method === "POST") {
    asked.delete(id);
    const form = new URLSearchParams(await text(request));
    const code = randomBytes(20).toString("hex");
    const { manifest, state } = said;
    world.manifestCodes.set(code, {
      name: form.get("name") ?? manifest.name,
      url: manifest.url,
      hookUrl: manifest.hook_attributes?.url ?? "",
      permissions: manifest.default_permissions ?? {},
      events: manifest.default_events ?? [],
    });
    const back = new URL(manifest.redirect_url ?? manifest.url);
    back.searchParams.set("code", code);
    back.searchParams.set("state", state);
    response.writeHead(302, { location: back.href }).end();
    return true;
  }
  if (pathname === `/apps/${world.app.slug}/installations/new` && request.method === "GET") {
    sendPage(response, 200, `Install ${quoted(world.app.name)}`, "Where do you want it?");
    return true;
  }
  return false;
}

function parse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? "");
  } catch {
    return undefined;
  }
}

function quoted(hostile: string): string {
  return hostile.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function sendPage(response: ServerResponse, status: number, title: string, body: string): void {
  const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>${title}</title><h1>${title}</h1>${body}</html>`;
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}
