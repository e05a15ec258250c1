// Asks the registry for known weaknesses of what Pyward runs with. Fails for grave ones; where no
// registry answers, says that nothing was asked.

import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
process.exitCode = judge(stdout);

/** The exit code: 1 for weaknesses of high or critical severity. */
function judge(answer: string): number {
  const found = readCounts(answer);
  if (found === undefined) {
    console.log("No registry answered: the dependencies were not audited.");
    return 0;
  }
  const { critical = 0, high = 0, total = 0 } = found;
  console.log(`Known weaknesses of dependencies: ${total}, of them ${critical + high} grave.`);
  if (critical + high > 0) console.log("`npm audit --omit=dev` names them.");
  return critical + high > 0 ? 1 : 0;
}

/** `undefined` where the answer is not that of a registry that audits. */
function readCounts(answer: string): Partial<Record<string, number>> | undefined {
  try {
    const read = JSON.parse(answer) as {
      readonly metadata?: { readonly vulnerabilities?: Partial<Record<string, number>> };
    };
    return read.metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
