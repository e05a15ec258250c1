// Serves the list of rules, the page of each, what they have in common with other tools, and the
// files these pages load.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { OtherTool } from "../analysis/other-tools.ts";
import type { Rulebook } from "../analysis/rulebook.ts";
import { renderOtherTools } from "../render/other-tools.ts";
import type { PageFrame } from "../render/page-frame.ts";
import { compilePageTemplates } from "../render/page-templates.ts";
import { renderRulePage } from "../render/rule-page.ts";
import { renderRulesIndex } from "../render/rules-index.ts";
import type { Asset } from "./read-assets.ts";
import {
  prepareResource,
  type Resource,
  sendMethodNotAllowed,
  sendRedirect,
  sendResource,
} from "./send.ts";

/** Answers a request and returns true, or returns false and leaves it to others. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const html = "text/html; charset=utf-8";
const otherToolsPath = "/other-tools";
const pageCache = "public, max-age=300";

/**
 * Makes the handler of `/rules`, `/rules/<family>/<name>`, `/other-tools` and `/assets/...`; `/rules/<name>` leads
 * to the full name. Names are looked up in the rulebook, never on the disk.
 */
export function createRulePages({
  rulebook,
  otherTools,
  templates: sources,
  assets,
}: {
  readonly rulebook: Rulebook;
  /** As `readOtherTools` gives them. */
  readonly otherTools: readonly OtherTool[];
  /** As `readTemplates` gives them. */
  readonly templates: Readonly<Record<string, string>>;
  /** As `readAssets` gives them. */
  readonly assets: readonly Asset[];
}): PageHandler {
  const templates = compilePageTemplates(sources);
  const files = new Map(assets.map((asset) => [asset.address, prepareAsset(asset)]));
  const addressOf = (name: string): string =>
    assets.find((asset) => asset.name === name)?.address ?? `assets/${name}`;
  const frameAt = (root: string): PageFrame => ({
    root,
    style: addressOf("pages.css"),
    script: addressOf("rules-index.js"),
  });

  const pages = new Map<string, Resource>();
  function rulePage(name: string): Resource | undefined {
    const at = rulebook.entries.findIndex(({ page }) => page.name === name);
    const entry = rulebook.entries[at];
    if (!entry) return undefined;
    const known = pages.get(name);
    if (known) return known;
    const neighbours = {
      previous: rulebook.entries[at - 1]?.page,
      next: rulebook.entries[at + 1]?.page,
    };
    const frame = frameAt(rootFrom(`/rules/${name}`));
    const body = renderRulePage(entry.page, neighbours, templates, frame);
    const made = prepareResource({ type: html, cache: pageCache, body });
    pages.set(name, made);
    return made;
  }

  let others: Resource | undefined;
  function othersPage(): Resource {
    const frame = frameAt(rootFrom(otherToolsPath));
    const body = (): string => renderOtherTools(otherTools, rulebook, templates, frame);
    others ??= prepareResource({ type: html, cache: pageCache, body: body() });
    return others;
  }

  function notFound(path: string): Resource {
    const frame = frameAt(rootFrom(path));
    const body = templates.render("page-not-found", {
      ...frame,
      heading: "No such page",
      description: "There is no rule at this address.",
    });
    return prepareResource({ status: 404, type: html, cache: "no-cache", body });
  }

  return async (request, response) => {
    const { path, query } = readAddress(request.url ?? "/");
    const segments = path.slice(1).split("/").map(decodeSegment);
    const [area, ...rest] = segments;
    if (area !== "rules" && area !== "assets" && path !== otherToolsPath) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendMethodNotAllowed(response);
      return true;
    }

    if (path === otherToolsPath) {
      sendResource(request, response, othersPage());
      return true;
    }
    if (area === "assets") {
      const file = files.get(segments.join("/"));
      if (file) sendResource(request, response, file);
      else {
        // A page kept by a browser may ask for the style of an earlier version.
        const [stem, , extension] = (rest[0] ?? "").split(".");
        const current = assets.find(({ name }) => name === `${stem}.${extension}`);
        if (!current || rest.length > 1) return false;
        sendRedirect(response, `${rootFrom(path)}${current.address}`);
      }
      return true;
    }

    if (path === "/rules") {
      const body = renderRulesIndex(rulebook, query, templates, frameAt("./"));
      sendResource(request, response, prepareResource({ type: html, cache: pageCache, body }));
      return true;
    }
    const page = rulePage(path.slice("/rules/".length));
    if (page) {
      sendResource(request, response, page);
      return true;
    }

    // Everything else is another spelling of one of these addresses, or of none.
    const asked = rest.join("/").replace(/\/+$/u, "");
    const root = rootFrom(path);
    const named = rulebook.find(asked)?.page.name;
    if (named !== undefined) sendRedirect(response, `${root}rules/${named}`);
    else if (asked === "") sendRedirect(response, `${root}rules`);
    else if (isFamily(rulebook, asked)) sendRedirect(response, `${root}rules#${asked}`);
    else sendResource(request, response, notFound(path));
    return true;
  };
}

function prepareAsset(asset: Asset): Resource {
  const cache = "public, max-age=31536000, immutable";
  return prepareResource({ type: asset.type, cache, body: asset.content });
}

/** Path, still encoded, and query of a request's target, which may be any bytes. */
function readAddress(target: string): { path: string; query: URLSearchParams } {
  const cut = target.indexOf("?");
  const path = cut < 0 ? target : target.slice(0, cut);
  return { path, query: new URLSearchParams(cut < 0 ? "" : target.slice(cut + 1)) };
}

/** A segment that is not well encoded is nobody's name: it stays as it is and is not found. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The way from a page to the root: relative, so that a proxy may put us under any prefix. */
function rootFrom(path: string): string {
  return `./${"../".repeat(path.split("/").length - 2)}`;
}

function isFamily(rulebook: Rulebook, name: string): boolean {
  return rulebook.entries.some(({ page }) => page.name.startsWith(`${name}/`));
}
