// What seldom changes is asked for conditionally: where GitHub says "not modified", the answer of before
// holds, and nothing is taken off the hourly limit.
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate

import type { Memory } from "../jobs/memory.ts";
import type { GitHubClient } from "./client.ts";
import { isStatus } from "./failure.ts";

/** An answer of GitHub as it was; the text is JSON. */
export interface KeptAnswer {
  readonly etag: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Roles of people, config at a branch, where we are installed, the open pull requests at a start. */
const seldomChanging = [
  /^\/repos\/[^/]+\/[^/]+\/(?:collaborators\/[^/]+\/permission|contents\/.+|commits|pulls)$/u,
  /^\/(?:installation\/repositories|app|app\/installations(?:\/\d+)?)$/u,
];

/** Larger answers are not kept, in characters. */
const largest = 200_000;

/** Asks conditionally through this client; `owner` keeps the answers of one installation apart. */
export function askConditionally(
  client: GitHubClient,
  owner: string,
  kept: Memory<KeptAnswer>,
): void {
  client.hook.wrap("request", async (request, options) => {
    const { url } = client.request.endpoint(options);
    if (options.method !== "GET" || !isSeldomChanging(url)) return await request(options);
    const key = `${owner}${String(options.headers.accept)} ${url}`;
    const before = kept.find(key);
    if (before !== undefined) options.headers["if-none-match"] = before.etag;
    try {
      const answer = await request(options);
      const { etag } = answer.headers;
      if (etag !== undefined && answer.status === 200) {
        const text = JSON.stringify(answer.data);
        const bytes = 2 * (text.length + key.length);
        const { headers } = answer;
        if (text.length <= largest) kept.keep(key, { etag, text, headers }, bytes);
      }
      return answer;
    } catch (error) {
      if (before === undefined || !isStatus(error, 304)) throw error;
      // The links to further pages come with the first answer only.
      const headers = { ...before.headers };
      return { status: 200, url, headers, data: JSON.parse(before.text) };
    }
  });
}

/** @param url as it is sent, because of a further page nothing else is known. */
function isSeldomChanging(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  // What stands at a commit never changes, and is not asked for twice.
  if (/^[0-9a-f]{40,64}$/u.test(searchParams.get("ref") ?? "")) return false;
  const path = pathname.replace(/^\/api\/v3\b/u, "");
  return seldomChanging.some((each) => each.test(path));
}
