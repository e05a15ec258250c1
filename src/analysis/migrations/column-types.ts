// Whether another type for a column makes the database write the table anew, or look at every row of it.
// https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES

/** Names of types by what the database makes of them; a type that is not here is anybody's guess. */
const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    text: "text unicodetext textfield clob",
    varchar:
      "varchar string unicode autostring charfield emailfield urlfield slugfield filefield imagefield filepathfield",
    integer: "integer int int4 integerfield positiveintegerfield",
    bigint: "biginteger bigint int8 bigintegerfield positivebigintegerfield",
    smallint: "smallinteger smallint smallintegerfield positivesmallintegerfield",
    serial: "autofield",
    bigserial: "bigautofield",
    numeric: "numeric decimal decimalfield",
    float: "float double doubleprecision real floatfield",
    boolean: "boolean bool booleanfield nullbooleanfield",
    date: "date datefield",
    timestamp: "datetime timestamp timestamptz datetimefield",
    time: "time timefield",
    interval: "interval durationfield",
    json: "json",
    jsonb: "jsonb jsonfield",
    uuid: "uuid uuidfield",
    bytes: "largebinary bytea binary binaryfield",
    enum: "enum",
  }).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind] as const)),
);

/** `from` and `to` as they are written: `sa.String(length=50)`, `CharField(50)`; empty for what is not known. */
export function isCostlyChange(from: string, to: string): boolean {
  const before = kindOf(from);
  const after = kindOf(to);
  if (after === undefined) return false;
  // `TYPE bigint`: nobody writes that of a column that is one.
  if (from === "") return !["text", "varchar", "numeric", "timestamp"].includes(after);
  if (before === undefined) return false;
  if (after === "text") return before !== "varchar" && before !== "text";
  if (before !== after) return true;
  const [oldSize = Number.POSITIVE_INFINITY, oldScale = 0] = sizesOf(from);
  const [newSize = Number.POSITIVE_INFINITY, newScale = 0] = sizesOf(to);
  if (after === "varchar") return newSize < oldSize;
  return after === "numeric" && (newSize < oldSize || newScale !== oldScale);
}

function kindOf(type: string): string | undefined {
  const name = /^(?:\w+\.)*(?<name>\w+)/u.exec(type.trim())?.groups?.name;
  return name === undefined ? undefined : kinds.get(name.toLowerCase());
}

function sizesOf(type: string): readonly number[] {
  const inside = /\((?<inside>.*)\)\s*$/su.exec(type)?.groups?.inside ?? "";
  return Array.from(inside.matchAll(/\d+/gu), ([digits]) => Number(digits));
}
