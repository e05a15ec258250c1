// What befalls an App while pull requests come in: each misfortune by itself, so that what it breaks is
// known by its name.

import type { FaultMatch } from "../github-emulator/faults.ts";
import type { Random } from "../random.ts";
import type { Part, Site, StoreKind } from "./site.ts";

export interface Misfortune {
  readonly name: string;
  /** Where it can happen; on both stores unless told. */
  readonly stores?: readonly StoreKind[];
  /** Requests of ours that GitHub cannot but refuse then, by what it says. */
  readonly brings?: RegExp;
  /** Before the pull requests come. */
  begin?(site: Site, dice: Random): void | Promise<void>;
  /** After each of them. */
  each?(site: Site, dice: Random, index: number): void | Promise<void>;
  /** After the last one: all is well again. */
  end?(site: Site): void | Promise<void>;
  /** What the App's processes say of it: else it never struck. */
  readonly said?: string;
}

const writes: readonly FaultMatch[] = [{ method: "POST" }, { method: "PATCH" }];
const anything: readonly FaultMatch[] = [...writes, { method: "GET" }, { operation: "graphql" }];

export const misfortunes: readonly Misfortune[] = [
  {
    name: "GitHub did it, and its answer is lost",
    begin({ github }, dice) {
      scatter(dice, 14, (after) => {
        github.faults.add({ kind: "reset-after", match: dice.pick(writes), after });
      });
      github.faults.add({ kind: "reset-after", match: { operation: "pulls/create-review" } });
      github.faults.add({ kind: "reset-after", match: { operation: "checks/create" } });
      github.faults.add({ kind: "reset-after", match: { operation: "checks/update" } });
    },
  },
  {
    name: "connections to GitHub break before anything is done",
    begin({ github }, dice) {
      scatter(dice, 20, (after) => {
        github.faults.add({ kind: "reset-before", match: dice.pick(anything), after });
      });
    },
  },
  {
    name: "GitHub answers 502",
    begin({ github }, dice) {
      scatter(dice, 20, (after) => {
        github.faults.add({ kind: "status", status: 502, match: dice.pick(anything), after });
      });
      github.faults.add({ kind: "status", status: 502, times: 8 });
    },
  },
  {
    name: "GitHub answers 503 to all, for some seconds",
    each: ({ github }, _dice, index) => {
      if (index % 10 !== 3) return;
      github.faults.add({ kind: "status", status: 503, times: Number.POSITIVE_INFINITY });
      setTimeout(() => github.faults.clear(), 3000);
    },
  },
  {
    name: "secondary limits",
    begin({ github }, dice) {
      scatter(dice, 6, (after) => {
        const match = dice.pick(anything);
        github.faults.add({ kind: "secondary-limit", retryAfter: 1, times: 3, match, after });
      });
    },
  },
  {
    name: "the limit of the hour, and its reset",
    begin({ github }) {
      const times = Number.POSITIVE_INFINITY;
      github.faults.add({ kind: "primary-limit", resetIn: 3, times, after: 12 });
      setTimeout(() => github.faults.clear(), 4000);
    },
  },
  {
    name: "tokens expire early",
    brings: /Bad credentials/u,
    each: ({ github }, dice) => {
      if (dice.below(4) === 0) github.expireTokens();
    },
  },
  {
    name: "a slow GitHub",
    begin({ github }, dice) {
      scatter(dice, 25, (after) => {
        const ms = 200 + dice.below(2500);
        github.faults.add({ kind: "delay", ms, match: dice.pick(anything), after });
      });
    },
  },
  {
    name: "GitHub never answers some requests",
    begin({ github }, dice) {
      scatter(dice, 2, (after) => {
        github.faults.add({ kind: "hang", match: dice.pick(anything), after });
      });
    },
  },
  {
    name: "webhooks come twice",
    each: ({ github }) => github.webhooks.duplicateNext("pull_request"),
  },
  {
    name: "webhooks come late, and in the wrong order",
    begin: ({ github }) => github.webhooks.hold(),
    each({ github }, dice) {
      if (dice.below(6) > 0) return;
      github.webhooks.release("reversed");
      github.webhooks.hold();
    },
    end: ({ github }) => github.webhooks.release("reversed"),
  },
  {
    name: "webhooks are lost",
    each({ github }, dice) {
      if (dice.below(3) === 0) github.webhooks.loseNext("pull_request");
    },
  },
  {
    name: "the worker is killed",
    each: (site, _dice, index) => (index % 12 === 5 ? restart(site, "worker") : undefined),
  },
  {
    name: "the web process is killed",
    stores: ["PostgreSQL"],
    each: (site, _dice, index) => (index % 12 === 5 ? restart(site, "web") : undefined),
  },
  {
    name: "the worker is asked to stop, as a rolling upgrade does",
    async each(site, _dice, index) {
      if (index % 15 !== 7) return;
      await site.process("worker").kill("SIGTERM");
      await site.start();
    },
  },
  {
    name: "the database ends its connections",
    stores: ["PostgreSQL"],
    async each(site, dice) {
      if (dice.below(4) === 0) await site.database?.cutConnections();
    },
  },
  {
    name: "the database is away for seconds",
    stores: ["PostgreSQL"],
    each({ proxy }, dice, index) {
      if (dice.below(5) === 0) proxy?.cut();
      if (index % 15 !== 6) return;
      proxy?.shut();
      setTimeout(() => proxy?.open(), 2500);
    },
    end: ({ proxy }) => proxy?.open(),
  },
  {
    name: "the disk is full, and has room again",
    stores: ["embedded"],
    each(site, _dice, index) {
      const state = ({ 2: "full", 9: "well" } as const)[index % 12];
      if (state !== undefined) site.process("worker").order({ kind: "disk", state });
    },
    end: (site) => site.process("worker").order({ kind: "disk", state: "well" }),
    said: "No space left on device",
  },
  {
    name: "the disk takes nothing any more, and the process ends",
    stores: ["embedded"],
    async each(site, _dice, index) {
      if (index % 12 !== 4) return;
      const worker = site.process("worker");
      worker.order({ kind: "disk", state: "refusing" });
      if ((await worker.ended()) !== 2) throw new Error(`it ended otherwise:\n${worker.output()}`);
      await site.start();
    },
  },
  {
    name: "the database's disk is full, and has room again",
    stores: ["PostgreSQL"],
    begin: ({ database }) => database?.setFull(false),
    async each({ database }, _dice, index) {
      if (index % 12 === 2) await database?.setFull(true);
      if (index % 12 === 9) await database?.setFull(false);
    },
    end: ({ database }) => database?.setFull(false),
    said: "No space left on device",
  },
  {
    name: "the clock jumps",
    brings: /Bad credentials|claim/u,
    each(site, dice, index) {
      if (index % 6 !== 2) return;
      const aheadMs = dice.pick([-7_200_000, -90_000, 0, 90_000, 7_200_000]);
      for (const part of ["web", "worker"] as const)
        site.process(part).order({ kind: "clock", aheadMs });
    },
    end(site) {
      for (const part of ["web", "worker"] as const)
        site.process(part).order({ kind: "clock", aheadMs: 0 });
    },
  },
];

async function restart(site: Site, part: Part): Promise<void> {
  await site.kill(part);
  await site.start();
}

/** At so many requests, here and there among the next 150. */
function scatter(dice: Random, count: number, at: (after: number) => void): void {
  for (let nth = 0; nth < count; nth += 1) at(dice.below(150));
}
