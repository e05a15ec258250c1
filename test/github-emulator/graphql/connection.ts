// Lists as GraphQL pages them: `first`/`after` or `last`, a hundred at most.

import { GraphQlRefusal } from "./refusal.ts";

export interface Page {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
}

/** One page of a list; GitHub refuses a list without a size. */
export function connection<T>(all: readonly T[], page: Page, show: (entry: T) => unknown) {
  const { first, after, last } = page;
  if (first == null && last == null) {
    const message =
      "You must provide a `first` or `last` value to properly paginate the connection.";
    throw new GraphQlRefusal("UNPROCESSABLE", message);
  }
  if ((first ?? last ?? 0) > 100) {
    const message = `Requesting ${first ?? last} records on the connection exceeds the \`first\` limit of 100 records.`;
    throw new GraphQlRefusal("UNPROCESSABLE", message);
  }
  const start = after == null ? 0 : Number(Buffer.from(after, "base64").toString()) + 1;
  const chosen = first == null ? all.slice(-(last ?? 0)) : all.slice(start, start + first);
  const offset = first == null ? all.length - chosen.length : start;
  const cursor = (index: number) => Buffer.from(String(offset + index)).toString("base64");
  const nodes = chosen.map(show);
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursor(index) })),
    pageInfo: {
      hasNextPage: offset + chosen.length < all.length,
      hasPreviousPage: offset > 0,
      startCursor: chosen.length > 0 ? cursor(0) : null,
      endCursor: chosen.length > 0 ? cursor(chosen.length - 1) : null,
    },
  };
}
