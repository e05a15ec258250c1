// What the methods of a query do: choose among its rows, ask the database, or bring relations along.

import type { Library } from "./orm-value.ts";

/** What a method makes of rows. */
export type QueryMethod =
  /** The same rows in another order or number. */
  | "keep"
  /** Fewer rows, by its arguments. */
  | "choose"
  | "load-related"
  | "load-options"
  /** Other tables come along, in a way that is not read. */
  | "load-all"
  | "limit"
  /** Plain values or tuples. */
  | "values"
  /** Asks, and gives every row. */
  | "read"
  /** Asks for one row. */
  | "read-one"
  /** Asks for a number, or whether there is any. */
  | "ask"
  | "write"
  /** Asks for many things at once, or for nothing yet. */
  | "other";

const django = table({
  limit: "page get_page",
  keep: "all order_by distinct annotate alias using reverse select_for_update defer only union intersection difference extra iterator aiterator none _clone",
  choose: "filter exclude complex_filter",
  "load-related": "select_related prefetch_related",
  values: "values values_list dates datetimes",
  "read-one": "get first last earliest latest aget afirst alast aearliest alatest",
  ask: "count exists aggregate contains acount aexists aaggregate",
  write:
    "create acreate bulk_create abulk_create bulk_update update aupdate delete adelete get_or_create aget_or_create update_or_create aupdate_or_create add remove set clear",
  other: "in_bulk ain_bulk explain raw as_manager",
});

const sqlalchemy = table({
  keep: "order_by distinct group_by having execution_options enable_eagerloads select_from correlate populate_existing with_for_update join outerjoin join_from params prefix_with with_hint yield_per autoflush unique scalars mappings fetchall partitions reset_joinpoint with_session",
  choose: "filter filter_by where",
  "load-options": "options",
  limit: "limit offset slice paginate",
  values: "with_entities with_only_columns add_columns add_column add_entity",
  read: "all",
  "read-one":
    "first one one_or_none get get_one scalar scalar_one scalar_one_or_none fetchone get_or_404 first_or_404 one_or_404",
  ask: "count",
  write: "update delete",
  other: "subquery cte scalar_subquery as_scalar exists union union_all alias label statement",
});

const tortoise = table({
  keep: "all order_by distinct annotate using_db only group_by select_for_update",
  choose: "filter exclude",
  "load-related": "select_related prefetch_related",
  limit: "limit offset",
  values: "values values_list",
  "read-one": "get get_or_none first last earliest latest",
  ask: "count exists",
  write: "create bulk_create bulk_update update delete get_or_create update_or_create",
  other: "in_bulk raw",
});

const peewee = table({
  keep: "select order_by distinct group_by having with_cte iterator for_update",
  choose: "where filter orwhere",
  "load-all": "join left_outer_join join_from switch prefetch",
  limit: "limit offset paginate",
  values: "dicts tuples namedtuples",
  "read-one": "get get_or_none get_by_id first scalar peek",
  ask: "count exists",
  write: "create insert insert_many update delete delete_by_id get_or_create replace save",
  other: "alias raw cte",
});

// Reading a relation in a loop asks for many rows at once in Pony; only a query that is written out asks for one.
const pony = table({
  keep: "order_by sort_by distinct without_distinct prefetch for_update",
  choose: "select filter where",
  limit: "limit page",
  "read-one": "get get_for_update first",
  ask: "exists count sum avg min max",
  write: "delete set",
  other: "select_by_sql get_by_sql select_random random",
});

const tables = { django, sqlalchemy, tortoise, peewee, pony } as const;

/** What a method of this name does; `undefined` for one of nobody's. */
export function queryMethod(library: Library, name: string): QueryMethod | undefined {
  return tables[library].get(name);
}

function table(words: Partial<Record<QueryMethod, string>>): ReadonlyMap<string, QueryMethod> {
  const found = new Map<string, QueryMethod>();
  for (const [method, list] of Object.entries(words))
    for (const word of list.split(" ")) found.set(word, method as QueryMethod);
  return found;
}
