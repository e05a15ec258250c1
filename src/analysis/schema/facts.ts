// What is known of a project's database: tables, their columns and indexes, and who asks for them.
// Plain data, filled by the readers beside this file.

import type { Span } from "../../python/module.ts";

/** How a column was written, and so how an index is to be written. */
export type ColumnStyle =
  | "sqlalchemy"
  | "sqlmodel"
  | "django"
  | "tortoise"
  | "peewee"
  | "pony"
  | "alembic"
  | "sql";

/** One reference from a column to a table. */
export interface ForeignKey {
  /** The name of the table in the database, without its schema; `undefined` where it is computed. */
  readonly table: string | undefined;
  /** `CASCADE`, `SET NULL` ...: what the database does when the row pointed to is deleted. */
  readonly onDelete: string | undefined;
  /** Whether the library makes an index of its own accord. */
  readonly isIndexedByLibrary: boolean;
}

export interface Column {
  /** Its name in the database. */
  readonly name: string;
  /** Its name in code, as an attribute of the model; the same as `name` in a plain table. */
  readonly attribute: string;
  /** The last word of its type as it is written: `Boolean`, `String`, `UUIDField`. */
  readonly type: string | undefined;
  readonly isPrimaryKey: boolean;
  readonly isUnique: boolean;
  /** Declared with an index of its own. Also where that cannot be read: nothing is said then. */
  readonly isIndexed: boolean;
  readonly foreignKey: ForeignKey | undefined;
  readonly style: ColumnStyle;
  /** The statement or the call that declares it. */
  readonly span: Span;
}

/** An index, or a constraint that the database keeps by an index. */
export interface Index {
  readonly name: string | undefined;
  readonly kind: "index" | "unique" | "primary key";
  /** Columns by their database name or attribute, in order; `undefined` is an expression. */
  readonly columns: readonly (string | undefined)[];
  /** The predicate of a partial index, as it is written. */
  readonly where: string | undefined;
  /** In lower case: `btree`, `gin`, `hash`; `undefined` for the default. */
  readonly method: string | undefined;
}

/** A foreign key that is declared beside its columns: `ForeignKeyConstraint(["a"], ["t.id"])`. */
export interface ForeignKeyConstraint {
  readonly columns: readonly string[];
  readonly foreignKey: ForeignKey;
  readonly span: Span;
}

/** Two columns that point to a row of any table: which table, and which row of it. */
export interface GenericKey {
  /** Attributes of the model: `content_type`, `object_id`. */
  readonly type: string;
  readonly id: string;
}

/** An index that a migration takes away, and where. */
export interface DroppedIndex {
  readonly name: string;
  readonly span: Span;
}

/** One place that declares a table, or adds to one. A table may be declared in several. */
export interface Declaration {
  /** The table's name in the database, without its schema. */
  readonly table: string;
  /** What people call it: the table's name, or a Django model's. */
  readonly title: string;
  /** Another name it goes by in migrations. */
  readonly alias: string | undefined;
  /** A migration tells what was once done; a model what is. */
  readonly origin: "model" | "migration";
  /** It adds to a table that is made elsewhere. */
  readonly isAddition?: true;
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKeyConstraint[];
  readonly genericKeys: readonly GenericKey[];
  /** The attribute that lists of its rows are sorted by: Django's `Meta.ordering`, without its sign. */
  readonly ordering?: string | undefined;
  /** Part of it could not be read: no column of it is said to lack an index. */
  readonly isUnreadable: boolean;
}

/** An index added apart from any table's declaration. */
export interface LooseIndex {
  /** `undefined`: computed, so it may be any table's. */
  readonly table: string | undefined;
  readonly index: Index;
}

/** A column that a query chooses rows by. */
export interface Predicate {
  readonly table: string;
  /** The database name. */
  readonly column: string;
  /** Equal to a value, equal to a column of another table, on one side of a value, or holding a value. */
  readonly kind: "filter" | "join" | "range" | "contains";
  /** For a join: the table on the other side. */
  readonly joined: string | undefined;
  readonly span: Span;
}

/** Everything that one query, or one function that builds one, asks for at once. */
export interface Query {
  /** Name of the function it stands in: `orders_of`, `Shop.orders_of`; `undefined` at top level. */
  readonly symbol: string | undefined;
  readonly predicates: readonly Predicate[];
  /** Whether more may be asked for than can be seen. */
  readonly isOpen: boolean;
}

export type Dialect = "postgresql" | "mysql" | "sqlite" | "oracle" | "mssql" | "unknown";
