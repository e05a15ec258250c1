// Answers a request with a body held in memory: validators, compression, and strict headers.

import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** A body ready to be sent, as often as it is asked for. */
export interface Resource {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly compressed: Buffer;
  /** Weak, because the compressed and the plain body share it. */
  readonly etag: string;
  readonly cache: string;
  /** The Content-Security-Policy. */
  readonly policy: string;
  /** May search engines list it? */
  readonly isListed: boolean;
}

/** What a page of ours may load: its own files and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What every answer of ours carries. */
export const safetyHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Prepares a body: its hash and its compressed form are made once. */
export function prepareResource(options: {
  readonly status?: number;
  readonly type: string;
  readonly cache: string;
  readonly body: string | Buffer;
  readonly policy?: string;
  readonly isListed?: boolean;
}): Resource {
  const body = Buffer.from(options.body);
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  return {
    status: options.status ?? 200,
    type: options.type,
    body,
    compressed: gzipSync(body),
    etag: `W/"${hash}"`,
    cache: options.cache,
    policy: options.policy ?? contentSecurityPolicy,
    isListed: options.isListed ?? true,
  };
}

/** Sends a resource to GET or HEAD; 304 where the visitor already has it. */
export function sendResource(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
): void {
  const headers = {
    ...safetyHeaders,
    "content-security-policy": resource.policy,
    "cache-control": resource.cache,
    etag: resource.etag,
    vary: "accept-encoding",
    ...(resource.isListed ? {} : { "x-robots-tag": "noindex, nofollow" }),
  };
  if (resource.status === 200 && hasEtag(request.headers["if-none-match"], resource.etag)) {
    response.writeHead(304, headers).end();
    return;
  }

  const isCompressed = acceptsGzip(request.headers["accept-encoding"]);
  const body = isCompressed ? resource.compressed : resource.body;
  response.writeHead(resource.status, {
    ...headers,
    "content-type": resource.type,
    "content-length": body.length,
    ...(isCompressed ? { "content-encoding": "gzip" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Sends the visitor on; `location` is an address of ours, never a piece of the request. */
export function sendRedirect(response: ServerResponse, location: string): void {
  response.writeHead(308, { ...safetyHeaders, location, "cache-control": "no-cache" }).end();
}

/** Sends the visitor on to an address of ours, once: this is not to be remembered. */
export function seeOther(
  response: ServerResponse,
  location: string,
  headers: Readonly<Record<string, string>>,
): void {
  const cache = { "cache-control": "no-store" };
  response.writeHead(303, { ...safetyHeaders, ...cache, ...headers, location }).end();
}

/** Refuses a method that is neither GET nor HEAD. */
export function sendMethodNotAllowed(response: ServerResponse): void {
  response
    .writeHead(405, { ...safetyHeaders, allow: "GET, HEAD", "content-type": "text/plain" })
    .end("This page can only be read.\n");
}

function hasEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const asked = header.split(",").map((value) => value.trim().replace(/^W\//u, ""));
  return asked.includes("*") || asked.includes(etag.slice("W/".length));
}

function acceptsGzip(header: string | readonly string[] | undefined): boolean {
  return String(header ?? "")
    .split(",")
    .some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/u.test(coding));
}
