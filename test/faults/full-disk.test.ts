// The disk below the embedded store is full: what cannot be stored is refused, so that GitHub knows, and
// once there is room again, all is made good. Needs leave to mount a small disk of its own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { random } from "../random.ts";
import {
  aCampaignRepository,
  type Campaigned,
  isSettled,
  judge,
  openOne,
} from "./pull-requests.ts";
import { isAlive, type Site, startSite } from "./site.ts";

const disk = mkdtempSync(join(tmpdir(), "pyward-disk-"));
const isMounted = mount();
if (!isMounted) console.warn("no disk can be mounted here: a full one is not tested");

let site: Site;

beforeAll(async () => {
  if (!isMounted) return;
  site = await startSite({
    store: "embedded",
    serverUrl: undefined,
    environment: { DATA_DIR: join(disk, "data") },
  });
});

afterAll(async () => {
  await site?.close();
  if (isMounted) execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!isMounted)("a full disk loses nothing", { timeout: 600_000 }, async () => {
  const { github } = site;
  await site.start();
  const repository = await aCampaignRepository(github);
  const dice = random(1);
  const pulls: Campaigned[] = [];
  const open = async (count: number) => {
    for (; count > 0; count -= 1) {
      pulls.push(await openOne(github, repository, pulls.length, dice));
    }
  };
  const settled = () => pulls.every((pull) => isSettled(github, pull));
  await open(2);
  await github.waitFor("the first reviews", settled, 90_000);

  fill();
  await open(6);
  await github.webhooks.settled();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  rmSync(join(disk, "ballast"));
  // Whatever watches over processes starts one anew that has ended.
  const deadline = performance.now() + 300_000;
  while (!settled() && performance.now() < deadline) {
    if (!isAlive(site.process("web"))) await site.start();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }

  const wrong = await Promise.all(pulls.map((pull) => judge(github, pull)));
  expect([...wrong.flat(), ...github.ledger.violations]).toEqual([]);
});

/** Large enough for a store that has just begun. */
function mount(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m", "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Leaves not one block free. */
function fill(): void {
  for (let size = 1024 * 1024; size >= 4096; size /= 16) {
    while (statfsSync(disk).bavail * 4096 >= size) {
      writeFileSync(join(disk, "ballast"), Buffer.alloc(size), { flag: "a" });
    }
  }
}
