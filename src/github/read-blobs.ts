// The texts of files at commits, in few requests, and exactly: a text counts only when its bytes are
// those that git knows.

import { z } from "zod";
import type { Place } from "../jobs/ask.ts";
import type { RepositoryCode } from "../jobs/code-cache.ts";
import { blobId, largestFile, textOf } from "./blob-text.ts";
import { type GitHubClient, once } from "./client.ts";
import { failureOf, isStatus } from "./failure.ts";

export interface WantedBlob {
  /** Commit id. A fork's commits are found in the base repository too. */
  readonly commit: string;
  readonly path: string;
  /** Git's name for its bytes, where that is known. */
  readonly blob?: string;
  /** Another repository than the one at hand; it may be out of reach, and its files missing. */
  readonly elsewhere?: { readonly owner: string; readonly repo: string };
  /** The file may well not be there. */
  readonly isOptional?: boolean;
}

export type BlobText =
  | { readonly text: string }
  /** `unread` says why, in a sentence. */
  | {
      readonly unread: string;
      readonly kind: "too-large" | "not-text";
      /** There is no such file, or it is out of reach. */
      readonly isMissing?: boolean;
    };

/** So many texts in one GraphQL query; GitHub may take ten seconds for one. */
export const batchSize = 100;

/** Like `readBlobs`, but asks only for what is not known yet, and remembers what it has read. */
export async function readNewBlobs(
  client: GitHubClient,
  place: Place,
  wanted: readonly WantedBlob[],
  code: RepositoryCode,
): Promise<readonly BlobText[]> {
  const known = wanted.map((each) => recall(each, code));
  const unknown = wanted.filter((_, index) => known[index] === undefined);
  const read = await readBlobs(client, place, unknown);
  for (const [index, each] of unknown.entries()) remember(each, read[index], code);
  let next = 0;
  return known.map((text) => text ?? read[next++] ?? noFile);
}

function recall({ blob, commit, path, elsewhere }: WantedBlob, code: RepositoryCode) {
  if (elsewhere !== undefined) return undefined;
  const id = blob ?? code.blobAt(commit, path);
  const known = id === undefined ? undefined : code.file(id);
  if (known === undefined) return undefined;
  return known.text === undefined ? notText : { text: known.text };
}

function remember(
  { blob, commit, path, elsewhere }: WantedBlob,
  read: BlobText | undefined,
  code: RepositoryCode,
): void {
  if (elsewhere !== undefined || read === undefined) return;
  if ("text" in read) {
    const id = blobId(read.text);
    code.keep(id, read.text);
    code.keepPlace(commit, path, id);
  } else if (blob !== undefined && read.kind === "not-text" && !read.isMissing) {
    code.keep(blob, undefined);
  }
}

/** The texts in the order asked for. One or two files by REST, more in batches by GraphQL. */
export async function readBlobs(
  client: GitHubClient,
  place: Place,
  wanted: readonly WantedBlob[],
): Promise<readonly BlobText[]> {
  const texts: BlobText[] = [];
  for (let start = 0; start < wanted.length; start += batchSize) {
    texts.push(...(await readBatch(client, place, wanted.slice(start, start + batchSize))));
  }
  return texts;
}

const tooLarge = { unread: "It is larger than 1 MB.", kind: "too-large" } as const;
const notText = { unread: "It is not UTF-8 text.", kind: "not-text" } as const;

const noFile = {
  unread: "It is no file that GitHub shows.",
  kind: "not-text",
  isMissing: true,
} as const;

/** https://docs.github.com/en/rest/repos/contents#get-repository-content */
async function readOne(
  client: GitHubClient,
  place: Place,
  { commit, path, elsewhere, isOptional }: WantedBlob,
): Promise<BlobText> {
  const { owner, repo } = elsewhere ?? place;
  const asked = client.rest.repos.getContent({ owner, repo, path, ref: commit });
  const answer = await asked.catch((error: unknown) => {
    if (isOptional && (isStatus(error, 404) || isStatus(error, 403))) return undefined;
    throw error;
  });
  if (answer === undefined) return noFile;
  const { data } = answer;
  const file = restFile.safeParse(data);
  if (!file.success) return noFile;
  if (file.data.size > largestFile || file.data.encoding !== "base64") return tooLarge;
  return decode(Buffer.from(file.data.content, "base64"));
}

const restFile = z.object({
  type: z.literal("file"),
  size: z.number(),
  encoding: z.string(),
  content: z.string(),
});

/** Where a batch is too much for GitHub, its halves may not be. */
async function readBatch(
  client: GitHubClient,
  place: Place,
  wanted: readonly WantedBlob[],
): Promise<readonly BlobText[]> {
  // A GraphQL query is a POST, which Octokit keeps a second apart from other writes.
  if (wanted.length <= 2) {
    return await Promise.all(wanted.map((blob) => readOne(client, place, blob)));
  }
  try {
    return await queryBatch(client, place, wanted);
  } catch (error) {
    const { kind } = failureOf(error);
    if (kind === "final" || kind === "limit") throw error;
    const middle = Math.ceil(wanted.length / 2);
    return [
      ...(await readBatch(client, place, wanted.slice(0, middle))),
      ...(await readBatch(client, place, wanted.slice(middle))),
    ];
  }
}

async function queryBatch(
  client: GitHubClient,
  place: Place,
  wanted: readonly WantedBlob[],
): Promise<readonly BlobText[]> {
  const places = repositoriesOf(place, wanted);
  const variables: Record<string, string> = Object.fromEntries(
    wanted.map(({ commit, path }, index) => [`e${index}`, `${commit}:${path}`]),
  );
  const blocks = [...places].map(([key, { owner, repo }], at) => {
    variables[`o${at}`] = owner;
    variables[`n${at}`] = repo;
    const objects = wanted.flatMap((blob, index) =>
      keyOf(place, blob) === key ? [`b${index}: object(expression: $e${index}) { ...blob }`] : [],
    );
    return `r${at}: repository(owner: $o${at}, name: $n${at}) { ${objects.join("\n")} }`;
  });
  const declared = Object.keys(variables).map((name) => `$${name}: String!`);
  const answer = await client
    .graphql(
      `query (${declared.join(", ")}) { ${blocks.join("\n")} }
      fragment blob on Blob { oid byteSize isBinary isTruncated text }`,
      { request: once, ...variables },
    )
    .catch((error: unknown) => reachableOf(error, place, [...places.keys()]));
  const found = graphqlAnswer.parse(answer);
  const objects = Object.assign({}, ...Object.values(found)) as NonNullable<Found[string]>;
  return await Promise.all(
    wanted.map((blob, index) => {
      const found = objects[`b${index}`];
      if (found?.oid === undefined) return noFile;
      if (found.byteSize > largestFile) return tooLarge;
      if (found.isBinary === true) return notText;
      if (found.text !== null && !found.isTruncated && blobId(found.text) === found.oid) {
        return { text: found.text };
      }
      // GitHub shortened the text or replaced bytes in it: ask for the bytes themselves.
      return readOne(client, place, blob);
    }),
  );
}

const graphqlBlob = z.object({
  // All absent where the object is no blob: a folder, a submodule.
  oid: z.string().optional(),
  byteSize: z.number().default(0),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean().default(false),
  text: z.string().nullable().default(null),
});

const graphqlAnswer = z.record(z.string(), z.record(z.string(), graphqlBlob.nullable()).nullable());
type Found = z.infer<typeof graphqlAnswer>;

/** The repositories that blobs are wanted of. */
function repositoriesOf(place: Place, wanted: readonly WantedBlob[]) {
  return new Map(wanted.map((blob) => [keyOf(place, blob), blob.elsewhere ?? place]));
}

function keyOf(place: Place, { elsewhere = place }: Pick<WantedBlob, "elsewhere">): string {
  return `${elsewhere.owner}/${elsewhere.repo}`;
}

/**
 * What GitHub answered beside "there is no such repository", as long as that is another than the one
 * at hand. Throws the error where it says anything else.
 */
function reachableOf(error: unknown, place: Place, keys: readonly string[]): unknown {
  const refused = graphqlRefusal.safeParse(error);
  const isBearable =
    refused.success &&
    refused.data.errors.every(
      ({ type, path = [] }) =>
        (type === "NOT_FOUND" || type === "FORBIDDEN") &&
        path.length === 1 &&
        /^r\d+$/u.test(String(path[0])) &&
        keys[Number(String(path[0]).slice(1))] !== keyOf(place, {}),
    );
  if (!isBearable) throw error;
  return refused.data.data;
}

/** https://docs.github.com/en/graphql/guides/forming-calls-with-graphql */
const graphqlRefusal = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z.array(
    z.object({ type: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() }),
  ),
});

function decode(bytes: Buffer): BlobText {
  const text = textOf(bytes);
  return text === undefined ? notText : { text };
}
