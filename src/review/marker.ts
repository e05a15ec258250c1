// The hidden first line of our comments, by which a later review recognises what was said already.

/** What the comment says of its finding now: that it is there, that it is gone, that it is ignored. */
export type Standing = "open" | "fixed" | "ignored";

export interface Marker {
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The rule's full name. */
  readonly rule: string;
  readonly standing: Standing;
}

/**
 * An HTML comment, which GitHub does not show: `<!-- pyward:v1:0123456789abcdef:security/x -->`; one
 * that is closed says so: `<!-- pyward:v1:0123456789abcdef:security/x:fixed -->`.
 */
export function writeMarker({ fingerprint, rule, standing }: Marker): string {
  const end = standing === "open" ? "" : `:${standing}`;
  return `<!-- pyward:v1:${fingerprint}:${rule}${end} -->`;
}

/**
 * Reads the marker of a comment. Only the very first line counts: what stands further down may be
 * quoted code. Anybody can write such a line, so ask only of comments whose author is this App.
 */
export function readMarker(body: string): Marker | undefined {
  const found = markerLine.exec(body);
  const [, fingerprint, rule, end] = found ?? [];
  if (fingerprint === undefined || rule === undefined) return undefined;
  return { fingerprint, rule, standing: end === "fixed" || end === "ignored" ? end : "open" };
}

const markerLine =
  /^<!-- pyward:v1:([0-9a-f]{16}):([a-z0-9-]{1,80}\/[a-z0-9-]{1,80})(?::(fixed|ignored))? -->(?:\r?\n|$)/u;
