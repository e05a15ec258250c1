// The pages of the first-run setup. Only who has the address that the terminal printed gets in, once;
// what GitHub sends back counts only with the state that this visit was given.

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { PageTemplates } from "../render/page-templates.ts";
import type { Asset } from "./read-assets.ts";
import {
  contentSecurityPolicy,
  prepareResource,
  seeOther,
  sendMethodNotAllowed,
  sendResource,
} from "./send.ts";

export interface SetupPages {
  readonly templates: PageTemplates;
  readonly assets: readonly Asset[];
  /** Printed on the terminal, good for one visit. */
  readonly token: string;
  /** The only name and port under which these pages answer: `127.0.0.1:4000`. */
  readonly host: string;
  /** What the first page asks for. */
  readonly plan: SetupPlan;
  /** Exchanges GitHub's code and saves what it gave; tells where to install the App. */
  finish(code: string): Promise<SetUp>;
}

export interface SetupPlan {
  readonly manifest: string;
  /** `https://github.com`, which alone the form may be sent to. */
  readonly gitHubUrl: string;
  /** Where the form goes, for a state. */
  registerAt(state: string): string;
  readonly webhookUrl: string;
  /** Where the credentials will be written. */
  readonly place: string;
}

export interface SetUp {
  readonly name: string;
  readonly installUrl: string;
  readonly saved: readonly string[];
}

/** What one visit is known by. */
interface Visit {
  readonly cookie: string;
  readonly state: string;
  isUsed: boolean;
}

export const setupPath = "/setup";
const createdPath = "/setup/created";
const cookieName = "pyward_setup";

export function createSetupPages(options: SetupPages) {
  const { templates, assets, plan } = options;
  const style = assets.find(({ name }) => name === "pages.css");
  let isTokenUsed = false;
  let visit: Visit | undefined;

  function page(status: number, name: string, data: object) {
    const policy = contentSecurityPolicy.replace(
      "form-action 'self'",
      `form-action ${plan.gitHubUrl}`,
    );
    const frame = { root: "/", style: style?.address ?? "", description: "" };
    const body = templates.render(name, { ...frame, ...data });
    return prepareResource({ status, type: html, cache: "no-store", body, policy });
  }

  function refusal(sentence: string) {
    return page(403, "setup-refused", { heading: "Not this way", sentence });
  }

  async function answer(url: URL, request: IncomingMessage) {
    if (request.headers.host !== options.host) {
      return refusal("This address is not the one that the terminal printed.");
    }
    if (url.pathname === setupPath && url.searchParams.has("token")) {
      if (isTokenUsed || !isSame(url.searchParams.get("token") ?? "", options.token)) {
        return refusal("This address was used already, or is not the one that was printed.");
      }
      isTokenUsed = true;
      visit = { cookie: secret(), state: secret(), isUsed: false };
      return "begin";
    }
    if (visit === undefined || !isSame(cookieOf(request), visit.cookie)) {
      return refusal("Open the address that the terminal printed, in this browser.");
    }
    if (url.pathname === setupPath)
      return page(200, "setup", {
        heading: "Set up Pyward",
        ...plan,
        action: plan.registerAt(visit.state),
      });
    const code = url.searchParams.get("code") ?? "";
    if (visit.isUsed || code === "" || !isSame(url.searchParams.get("state") ?? "", visit.state)) {
      return refusal("What came back is not the answer to what was asked. Nothing was saved.");
    }
    visit.isUsed = true;
    try {
      return page(200, "setup-done", {
        heading: "Pyward is registered",
        ...(await options.finish(code)),
      });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : "Something went wrong.";
      return page(502, "setup-refused", { heading: "That did not work", sentence });
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const url = new URL(request.url ?? "/", "http://setup");
    if (style !== undefined && url.pathname === `/${style.address}`) {
      const { type, content: body } = style;
      sendResource(request, response, prepareResource({ type, cache: forEver, body }));
      return true;
    }
    if (url.pathname !== setupPath && url.pathname !== createdPath) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendMethodNotAllowed(response);
      return true;
    }
    const answered = await answer(url, request);
    if (answered === "begin") {
      // Lax, because the browser comes back from GitHub's page.
      const cookie = `${cookieName}=${visit?.cookie}; HttpOnly; SameSite=Lax; Path=${setupPath}`;
      seeOther(response, setupPath, { "set-cookie": cookie });
    } else sendResource(request, response, answered);
    return true;
  };
}

const html = "text/html; charset=utf-8";
/** Its address changes with its content; the last page comes when the server is about to end. */
const forEver = "public, max-age=31536000, immutable";

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  return pairs.find(([name]) => name === cookieName)?.[1] ?? "";
}
