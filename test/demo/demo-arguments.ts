// What was asked of the demo on its command line.

import { parseArgs } from "node:util";

export interface DemoArguments {
  /** The page's port on 127.0.0.1. */
  readonly port: number;
  /** Print the review and end, instead of serving the page. */
  readonly once: boolean;
  /** A git repository of the user's own; `undefined` for the bundled shop. */
  readonly range:
    | { readonly repo: string; readonly base: string; readonly head: string }
    | undefined;
  readonly help: boolean;
}

export const demoUsage = `Shows Pyward at work on a pull request, with a local stand-in for GitHub.

  npm run demo                       a small shop, with findings to look at
  npm run demo -- --repo PATH --base REF --head REF
                                     what lies between two commits of your own repository
Options:
  --once      print the review and end: 0 if it arrived, 1 if not
  --port N    port of the page (default 4000)
  --help      this text`;

/** Reads the arguments; a mistake in them is a sentence. */
export function readDemoArguments(
  args: readonly string[],
): { readonly ok: true; readonly value: DemoArguments } | { readonly ok: false; fault: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) };
  }

  const { repo, base, head, once, help } = values;
  const port = Number(values.port);
  if (!/^\d{1,5}$/u.test(values.port) || port > 65_535) {
    return { ok: false, fault: `--port must be a number from 0 to 65535, not "${values.port}".` };
  }
  if (repo === undefined && (base !== undefined || head !== undefined)) {
    return { ok: false, fault: "--base and --head need --repo, the path of a git repository." };
  }
  if (repo === undefined) return { ok: true, value: { port, once, help, range: undefined } };
  if (base === undefined || head === undefined) {
    return { ok: false, fault: "--repo needs --base and --head: which commits to compare." };
  }
  return { ok: true, value: { port, once, help, range: { repo, base, head } } };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      repo: { type: "string" },
      base: { type: "string" },
      head: { type: "string" },
      port: { type: "string", default: "4000" },
      once: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  }).values;
}
