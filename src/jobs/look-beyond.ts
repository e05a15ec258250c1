// A comment may stand on a file that the change does not touch any more. Is its finding gone, or has the
// base the very same text by now? Only that text can tell.

import type { GitHubClient } from "../github/client.ts";
import { readNewBlobs } from "../github/read-blobs.ts";
import type { ChangedFile, ChangeSet } from "../review/change-set.ts";
import { recognise } from "../review/recognise.ts";
import type { Beyond } from "../review/review.ts";
import type { Heard } from "./obey.ts";
import type { ReadReview } from "./read-all.ts";
import type { Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

/** Of more files than these it is not known. */
const mostFiles = 50;

/** What there is to know of the files of open comments; most often nothing. */
export async function lookBeyond(
  client: GitHubClient,
  { place, head }: Pick<Target, "place" | "head">,
  { review, earlier: { comments } }: Heard,
  { change, project, found }: ReadReview,
  { reviewer, code }: Pick<Tools, "reviewer" | "code">,
): Promise<Beyond | undefined> {
  const touched = new Set(
    change.files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]),
  );
  const { introduced, existing, suppressed } = review;
  const known = recognise([...introduced, ...existing, ...suppressed], comments);
  const open = comments.filter(
    (comment) => comment.standing === "open" && !known.has(comment) && !touched.has(comment.path),
  );
  const paths = [...new Set(open.map(({ path }) => path))];
  if (paths.length === 0) return undefined;

  const wanted = paths
    .slice(0, mostFiles)
    .map((path) => ({ commit: head, path, isOptional: true }) as const);
  const texts = await readNewBlobs(client, place, wanted, code.of(place));
  const files: ChangedFile[] = [];
  const unseen = new Set(paths.slice(mostFiles));
  for (const [index, { path }] of wanted.entries()) {
    const read = texts[index];
    if (read !== undefined && "text" in read) files.push(asItIs(path, read.text));
    else if (read?.isMissing !== true) unseen.add(path);
  }
  if (files.length === 0) return { standing: [], unseen };
  // A change that changes nothing: what is found in it, the base holds too.
  const present = change.files.flatMap(({ path, headText }) =>
    headText === undefined ? [] : [asItIs(path, headText)],
  );
  const still: ChangeSet = { base: head, head, files: [...present, ...files] };
  const looked = await reviewer.review(still, project, found.config);
  for (const { path } of looked.problems) unseen.add(path);
  return { standing: [...looked.existing, ...looked.suppressed], unseen };
}

function asItIs(path: string, text: string): ChangedFile {
  return {
    ...{ path, previousPath: undefined, status: "modified", hunks: [], unread: undefined },
    ...{ baseText: text, headText: text },
  };
}
