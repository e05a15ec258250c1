// What a change does to the packages that a program is installed with, as somebody who keeps advisories
// tells it: known here, looked up elsewhere.

import type { Severity } from "../finding.ts";

export interface DependencyChange {
  readonly kind: "added" | "removed";
  /** Path of the file that names the package. */
  readonly manifest: string;
  /** As the manifest writes it. */
  readonly name: string;
  /** A version, or what versions may be: `2.19.0`, `>= 2.0`; empty where none is told. */
  readonly version: string;
  /** Is it installed for development only? */
  readonly isForDevelopment: boolean;
  readonly advisories: readonly Advisory[];
}

/** https://docs.github.com/en/code-security/security-advisories */
export interface Advisory {
  /** `GHSA-x84v-xcm2-53pg`. */
  readonly id: string;
  readonly severity: Severity;
  /** One line of somebody's prose; hostile text. */
  readonly summary: string;
}
