// Serves the page of one review to whoever has its whole address, and tells nobody else whether it is there.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Rulebook } from "../analysis/rulebook.ts";
import { compilePageTemplates } from "../render/page-templates.ts";
import { type KeptReview, renderReviewPage } from "../render/review-page.ts";
import { ruleNames } from "../render/rule-names.ts";
import type { Asset } from "./read-assets.ts";
import { prepareResource, sendMethodNotAllowed, sendResource } from "./send.ts";

export interface ReviewPageOptions {
  readonly rulebook: Rulebook;
  readonly templates: Readonly<Record<string, string>>;
  readonly assets: readonly Asset[];
  /** GitHub's address, without a slash at the end. */
  readonly github: string;
  isGenuine(review: string, signature: string): boolean;
  /** Asked for signed ids only. */
  find(review: string): Promise<KeptReview | undefined>;
}

const address = /^\/reviews\/([0-9a-f-]{36})\/([\w-]{43})$/u;

/** Nothing on the way keeps a copy, and no search engine lists it. */
const privacy = { cache: "private, no-store", isListed: false } as const;

/** Makes the handler of `/reviews/<id>/<signature>`. */
export function createReviewPage(options: ReviewPageOptions) {
  const templates = compilePageTemplates(options.templates);
  const names = ruleNames(options.rulebook);
  const style = options.assets.find(({ name }) => name === "pages.css")?.address ?? "";
  const frame = { root: "../../", style, script: "" };
  const type = "text/html; charset=utf-8";

  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (!path.startsWith("/reviews/")) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendMethodNotAllowed(response);
      return true;
    }
    const [, id = "", signature = ""] = address.exec(path) ?? [];
    const review = options.isGenuine(id, signature) ? await options.find(id) : undefined;
    const body =
      review === undefined
        ? templates.render("no-review-page", {
            ...{ ...frame, root: `./${"../".repeat(path.split("/").length - 2)}` },
            ...{ heading: "No such review", description: "There is no review at this address." },
          })
        : renderReviewPage(review, { names, github: options.github }, templates, frame);
    const status = review === undefined ? 404 : 200;
    sendResource(request, response, prepareResource({ status, type, body, ...privacy }));
    return true;
  };
}
