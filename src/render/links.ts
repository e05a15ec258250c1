// The addresses that words for people may hold; GitHub's and our own pages' are made by the shell.

/** Makes the absolute links of one review. */
export interface Links {
  /** The page of a rule: `https://pyward.example/rules/security/sql-injection`. */
  rule(name: string): string;
  /** Lines of a file at the reviewed head; 1-based. */
  lines(path: string, startLine: number, endLine: number): string;
}
