// The web server of the demo: the pull request's page, and the two things one may do there.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { contentSecurityPolicy, prepareResource, sendResource } from "../../src/web/send.ts";
import type { PullRequestView } from "../github-emulator/view.ts";
import type { FileAtCommit } from "./file-page.ts";
import { renderFilePage } from "./file-page.ts";
import { type PageSurroundings, renderDemoPage, renderPullRequest } from "./pull-request-page.ts";

/** What the page shows and does. */
export interface DemoActions {
  view(): Promise<PullRequestView>;
  around(): Promise<PageSurroundings>;
  comment(body: string): Promise<void>;
  pushFix(): Promise<void>;
  /** A file at a commit, for the links in comments; `undefined` where there is none. */
  readFile(commit: string, path: string): Promise<FileAtCommit | undefined>;
}

export interface DemoPage {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  close(): Promise<void>;
}

const longestComment = 65_536;

/** As strict as for our own pages, and the script may ask its own server for news. */
const policy = `${contentSecurityPolicy}; connect-src 'self'`;

const files: Readonly<Record<string, { type: string; body: Buffer }>> = {
  "/page.css": { type: "text/css; charset=utf-8", body: readPageFile("page.css") },
  "/refresh.js": { type: "text/javascript; charset=utf-8", body: readPageFile("refresh.js") },
};

/**
 * Serves the page on 127.0.0.1. Port 0 takes any free one. Rejects with a sentence where the port
 * is in use.
 */
export async function serveDemoPage(port: number, actions: DemoActions): Promise<DemoPage> {
  const server = createServer((request, response) => {
    answer(request, response, actions).catch((error: unknown) => {
      console.error("The demo's page could not be made:", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  actions: DemoActions,
): Promise<void> {
  const [pathname = "/", query = ""] = (request.url ?? "/").split("?", 2);
  const searchParams = new URLSearchParams(query);
  const file = files[pathname];
  const isReading = request.method === "GET" || request.method === "HEAD";
  const send = (body: string | Buffer, type = "text/html; charset=utf-8", status = 200) =>
    sendResource(
      request,
      response,
      prepareResource({ status, type, cache: "no-cache", body, policy }),
    );

  if (isReading && file) send(file.body, file.type);
  else if (isReading && pathname === "/")
    send(renderDemoPage(await actions.view(), await actions.around()));
  else if (isReading && pathname === "/content") {
    send(renderPullRequest(await actions.view(), await actions.around()));
  } else if (isReading && pathname === "/file") {
    const path = searchParams.get("path") ?? "";
    const found = await actions.readFile(searchParams.get("commit") ?? "", path);
    if (found) send(renderFilePage(found));
    else send("There is no such file.\n", "text/plain; charset=utf-8", 404);
  } else if (request.method === "POST") await act(request, response, pathname, actions);
  else send("There is no such page.\n", "text/plain; charset=utf-8", 404);
}

async function act(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  actions: DemoActions,
): Promise<void> {
  // Another site open in the same browser could post here as well.
  const { host, origin } = request.headers;
  if (origin !== `http://${host}`) {
    response.writeHead(403).end("Only the demo's own page may do this.\n");
    return;
  }
  if (Number(request.headers["content-length"] ?? Number.NaN) <= longestComment) {
    const body = new URLSearchParams(await text(request)).getAll("body").at(-1)?.trim();
    if (path === "/comment" && body) await actions.comment(body);
    else if (path === "/fix") await actions.pushFix();
    response.writeHead(303, { location: "/" }).end();
  } else response.writeHead(413).end("That comment is too long.\n");
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop what listens there, or choose another with --port.`,
    EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`,
  };
  return new Error(sentences[error.code ?? ""] ?? error.message, { cause: error });
}

function readPageFile(name: string): Buffer {
  return readFileSync(new URL(`page/${name}`, import.meta.url));
}
