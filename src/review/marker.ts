// The hidden first line of our comments, by which a later review recognises what was said already.

/**
 * What the comment says of its finding now: that it is there, that it is gone, that it is ignored; that it
 * is gone from the code, but not from the history, where it is as dangerous.
 */
export type Standing = "open" | "fixed" | "ignored" | "leaked";

export interface Marker {
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The rule's full name. */
  readonly rule: string;
  readonly standing: Standing;
  /** The finding's file, where the comment stands on another one; paths of ordinary length only. */
  readonly path?: string | undefined;
}

/** Longer than this, encoded, a path is left out: the marker still serves until the file is renamed. */
const longestPath = 1_000;

/**
 * An HTML comment, which GitHub does not show: `<!-- pyward:v1:0123456789abcdef:security/x -->`; one
 * that is closed says so: `<!-- pyward:v1:0123456789abcdef:security/x:fixed -->`. One that stands on
 * another file than its finding ends with that file's path: `... in=app%2Fdb.py -->`.
 */
export function writeMarker({ fingerprint, rule, standing, path }: Marker): string {
  const end = standing === "open" ? "" : `:${standing}`;
  // Without a `>` nothing in it can end the HTML comment.
  const encoded = path === undefined ? "" : encodeURIComponent(path.toWellFormed());
  const where = encoded === "" || encoded.length > longestPath ? "" : ` in=${encoded}`;
  return `<!-- pyward:v1:${fingerprint}:${rule}${end}${where} -->`;
}

/**
 * Reads the marker of a comment. Only the very first line counts: what stands further down may be
 * quoted code. Anybody can write such a line, so ask only of comments whose author is this App.
 */
export function readMarker(body: string): Marker | undefined {
  const found = markerLine.exec(body);
  const [, fingerprint, rule, end, where] = found ?? [];
  if (fingerprint === undefined || rule === undefined) return undefined;
  const standing = end === "fixed" || end === "ignored" || end === "leaked" ? end : "open";
  const path = where === undefined ? undefined : decoded(where);
  return { fingerprint, rule, standing, ...(path === undefined ? {} : { path }) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The markers of a comment on several findings of one line, in order; at its top like a single one. */
export function readMarkers(body: string): readonly Marker[] {
  const markers: Marker[] = [];
  for (const line of body.split("\n", mostHiddenLines)) {
    if (!line.startsWith("<!-- pyward:")) break;
    const marker = readMarker(line);
    if (marker !== undefined) markers.push(marker);
  }
  return markers;
}

const mostHiddenLines = 100;

const markerLine =
  /^<!-- pyward:v1:([0-9a-f]{16}):([a-z0-9-]{1,80}\/[a-z0-9-]{1,80})(?::(fixed|ignored|leaked))?(?: in=([^\s>]{1,1000}))? -->(?:\r?\n|$)/u;
