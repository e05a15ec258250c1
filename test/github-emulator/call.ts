// What a route gets and gives: a request already authenticated and checked, and the answer to send.

import type { Operation } from "./openapi.ts";
import { notFound } from "./refusal.ts";
import type { Webhooks } from "./webhooks.ts";
import type { InstallationToken, PullRequest, Repository, User, World } from "./world.ts";
import { fullName } from "./world.ts";

/** Where the emulator is reached. */
export interface Urls {
  /** `http://127.0.0.1:4567`, where a person would look. */
  readonly html: string;
  /** `http://127.0.0.1:4567/api/v3`. */
  readonly api: string;
}

/** What every description of a thing needs. */
export interface Scene {
  readonly world: World;
  readonly urls: Urls;
}

export type Actor =
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: InstallationToken }
  | { readonly kind: "none" };

/** A scene in which things happen and are told. */
export interface Stage extends Scene {
  readonly webhooks: Webhooks;
}

export interface Call extends Stage {
  readonly operation: Operation;
  readonly actor: Actor;
  /** The App's own bot, who does what is asked. */
  readonly user: User;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Checked against the description; still of unknown type. */
  readonly body: unknown;
  /** The wanted media: `json` unless asked otherwise. */
  readonly media: "json" | "raw" | "diff" | "object" | "sha";
  /** The repository of the path; throws where the path names none. */
  readonly repository: Repository;
}

export interface Answer {
  /** 200 unless told. */
  readonly status?: number;
  /** Sent as JSON and checked against the description. */
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly raw?: { readonly content: string | Buffer; readonly type: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export type Routes = Readonly<Record<string, (call: Call) => Answer | Promise<Answer>>>;

/** The pull request of the path; 404 where there is none. */
export function pullRequestOf(call: Call, parameter = "pull_number"): PullRequest {
  const found = call.repository.pullRequests.get(Number(call.params[parameter]));
  if (!found) throw notFound();
  return found;
}

/**
 * One page of a list, with GitHub's `Link` header: 30 entries unless told, 100 at most.
 * `wrap` makes the body where the list stands inside an object.
 */
export function paginate<T>(
  call: Call,
  all: readonly T[],
  show: (entry: T) => unknown,
  wrap: (entries: readonly unknown[]) => unknown = (entries) => entries,
): Answer {
  const perPage = Math.min(100, Math.max(1, Number(call.query.per_page ?? 30)));
  const page = Math.max(1, Number(call.query.page ?? 1));
  const entries = all.slice((page - 1) * perPage, page * perPage);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  return { body: wrap(entries.map(show)), headers: linkHeader(call, page, last) };
}

/** `Link: <...>; rel="next"` and its companions; no header for a single page. */
export function linkHeader(call: Call, page: number, last: number): Record<string, string> {
  const path = call.operation.template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(call.params[name] ?? ""),
  );
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams({ ...call.query, page: String(to) });
    return `<${call.urls.api}${path}?${query}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(Math.min(page - 1, last), "prev"));
  if (page < last) links.push(link(page + 1, "next"), link(last, "last"));
  if (page > 1) links.push(link(1, "first"));
  return links.length === 0 ? {} : { link: links.join(", ") };
}

/** `2026-01-31T12:00:00Z`: GitHub tells no milliseconds. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** The API's address of the repository of the path. */
export function apiOf(call: Call): string {
  return `${call.urls.api}/repos/${fullName(call.repository)}`;
}
