// The hidden first line of our comments, by which a later review recognises what was said already.

export interface Marker {
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The rule's full name. */
  readonly rule: string;
}

/** An HTML comment, which GitHub does not show: `<!-- pyward:v1:0123456789abcdef:security/x -->`. */
export function writeMarker({ fingerprint, rule }: Marker): string {
  return `<!-- pyward:v1:${fingerprint}:${rule} -->`;
}

/**
 * Reads the marker of a comment. Only the very first line counts: what stands further down may be
 * quoted code. Anybody can write such a line, so ask only of comments whose author is this App.
 */
export function readMarker(body: string): Marker | undefined {
  const found = markerLine.exec(body);
  const [, fingerprint, rule] = found ?? [];
  return fingerprint === undefined || rule === undefined ? undefined : { fingerprint, rule };
}

const markerLine =
  /^<!-- pyward:v1:([0-9a-f]{16}):([a-z0-9-]{1,80}\/[a-z0-9-]{1,80}) -->(?:\r?\n|$)/u;
