// Whether a table grows: an index is worth its price where there are many rows.

import type { Column } from "./facts.ts";

const growing = words(
  "event log audit message history transaction payment order session token notification visit view attempt job task run item line file artifact",
);
const appended = words(
  "event log audit message history transaction notification visit view hit click attempt record entry metric sample measurement stat data activity delivery session token",
);
const small = words(
  "setting config configuration preference option type status state role permission priority plugin provider country currency language locale template channel plan tier feature flag category unit",
);
const people = words("user account customer member organization organisation org tenant team");
const joining = words(
  "user account customer member subscriber contact person profile client guest patient student",
);
const stamps =
  /^(?:created|created_at|created_on|created_time|date_created|timestamp|inserted_at)$/u;

/** A table that stays small by its name: settings, countries, roles. */
export function isSmallTable(name: string): boolean {
  return small.has(wordsIn(name).at(-1) ?? "");
}

/** A table that says which words there are: a name is its key, and a description may stand beside it. */
export function isListOfNames(columns: readonly Column[]): boolean {
  // A model and its migration declare the same ones.
  const byName = new Map(columns.map((column) => [column.name, column]));
  const [key, ...others] = [...byName.values()].toSorted(
    (left, right) => Number(right.isPrimaryKey) - Number(left.isPrimaryKey),
  );
  return (
    key?.isPrimaryKey === true &&
    /^(?:name|title|label|code|value)$/u.test(key.name) &&
    isText(key) &&
    others.length <= 1 &&
    others.every((each) => isText(each) && !each.isPrimaryKey && !each.foreignKey)
  );
}

function isText({ type }: Column): boolean {
  return /^(?:String|Text|Unicode|UnicodeText|Varchar|VARCHAR|TEXT|CharField|TextField|str)$/u.test(
    type ?? "",
  );
}

/** The table of those who sign up, by its name. */
export function isOfPeople(name: string): boolean {
  return joining.has(wordsIn(name).at(-1) ?? "");
}

/** Signs that a table gains rows as people use the program. */
export function showsGrowth(name: string, columns: readonly Column[]): boolean {
  if (isSmallTable(name)) return false;
  return (
    wordsIn(name).some((word) => growing.has(word)) ||
    columns.some(
      (column) =>
        stamps.test(column.name) ||
        wordsIn(column.foreignKey?.table ?? "").some((word) => people.has(word)) ||
        isIdOfPeople(column.name),
    )
  );
}

/** `user_id`: rows of a user's own, whether the database knows of the key or not. */
function isIdOfPeople(name: string): boolean {
  const parts = wordsIn(name);
  return parts.length === 2 && parts[1] === "id" && people.has(parts[0] ?? "");
}

/** A table that is written to and rarely changed, by its name: events, logs, page views. */
export function isAppendOnly(name: string): boolean {
  return !isSmallTable(name) && wordsIn(name).some((word) => appended.has(word));
}

/** A moment by which old rows are found. */
export function isTimestamp({ name, type }: Column): boolean {
  return (
    /^(?:Date|DateTime|Timestamp|TIMESTAMP|date|datetime)(?:Field|TZ)?$/u.test(type ?? "") &&
    /^(?:date|created|timestamp|time|ts|day|datetime|logged|occurred|inserted|received|recorded)(?:_|$)|_(?:at|on|date|time|ts)$/u.test(
      name,
    )
  );
}

/** Columns whose values are nearly all different, by their name. */
export function isHighCardinality({ name, type }: Column): boolean {
  if (/^(?:bool|boolean|enum|date|datetime|time|json|float|choices|small)/iu.test(type ?? ""))
    return false;
  // A long text is nobody's key, unless it is named as one.
  if (/^text/iu.test(type ?? "") && !/_id$/u.test(name)) return false;
  if (/(?:Boolean|Date|DateTime|Enum|JSON|File|Image|Float|Decimal)\w*Field$/u.test(type ?? ""))
    return false;
  // Half of a generic key: it is asked for with its other half.
  if (/^(?:object|content_type|type|status|kind|parent_type)_(?:id|pk)$/u.test(name)) return false;
  return /(?:^|_)(?:uuid|guid|id|key|token|email|slug|hash|code|reference|identifier|fingerprint|digest|checksum|sha1|sha256|nonce)$/iu.test(
    name,
  );
}

function wordsIn(name: string): readonly string[] {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/gu, "_")
    .toLowerCase()
    .split("_")
    .filter((word) => word !== "")
    .map(singular);
}

/** `statuses` -> `status`, `countries` -> `country`, `orders` -> `order`. */
function singular(word: string): string {
  if (/ies$/u.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|x|ch)es$/u.test(word)) return word.slice(0, -2);
  return /[^su]s$/u.test(word) ? word.slice(0, -1) : word;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
