// What every page of ours needs from where it is served.

/** The addresses around a page. They are relative, so that a page works under any prefix. */
export interface PageFrame {
  /** From the page to the root of our pages: `../../`, or `./`. */
  readonly root: string;
  /** Addresses of the style sheet and of the script of the list of rules, under the root. */
  readonly style: string;
  readonly script: string;
}
