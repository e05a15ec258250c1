// How a finding is recognised again after lines moved: by what it is, never by where its line stands.

import type { Finding } from "../analysis/finding.ts";
import type { RecognisedFinding } from "./reviewed-finding.ts";
import { sha256 } from "./sha256.ts";

/** What a fingerprint is made of. */
export interface FingerprintParts {
  readonly rule: string;
  readonly path: string;
  readonly symbol: string;
  /** White space folded, comments gone. */
  readonly code: string;
  /** 0 for the first such finding, 1 for the next one that is the same in all else. */
  readonly occurrence: number;
}

/** 16 hexadecimal digits: too many for anybody to write code that collides on purpose. */
export function fingerprint(parts: FingerprintParts): string {
  const { rule, path, symbol, code, occurrence } = parts;
  return sha256(JSON.stringify([rule, path, symbol, code, occurrence])).slice(0, 16);
}

/** Fingerprints for findings in their given order, where no change is at hand: a scan. */
export function withFingerprints(findings: readonly Finding[]): RecognisedFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = identityOf(finding);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { finding, fingerprint: fingerprintOf(finding, occurrence) };
  });
}

export function fingerprintOf(finding: Finding, occurrence: number): string {
  const { rule, symbol, code, place } = finding;
  return fingerprint({ rule, path: place.path, symbol, code, occurrence });
}

/** Equal for findings that only their count can tell apart. */
export function identityOf({ rule, place, symbol, code }: Finding): string {
  return JSON.stringify([rule, place.path, symbol, code]);
}
