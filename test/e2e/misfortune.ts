// What goes wrong inside the App's process on demand: it dies just before or after a statement of its
// store, its clock jumps, and its disk fills up. The statements are those that both stores run, seen from below our code.

import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type DiskState, setDisk } from "./full-disk.ts";

/** An order of the test to the process. */
export type Order =
  /** Writes down the statements of what follows, as `step <name>`. */
  | { readonly kind: "tell steps" }
  | { readonly kind: "die"; readonly when: "before" | "after"; readonly step: Step }
  /** Takes back the order to die. */
  | { readonly kind: "live" }
  | { readonly kind: "clock"; readonly aheadMs: number }
  | { readonly kind: "disk"; readonly state: DiskState };

/** A statement that reviews run: `update pyward.review`, and how many of this name came before. */
export interface Step {
  readonly name: string;
  readonly nth: number;
}

/** Begins to listen for orders; must run before the App opens its store. */
export function hearOrders(): void {
  let isTelling = false;
  let death: Extract<Order, { kind: "die" }> | undefined;
  let seen = new Map<string, number>();
  process.on("message", (order: Order) => {
    seen = new Map();
    if (order.kind === "clock") setClock(order.aheadMs);
    else if (order.kind === "disk") setDisk(order.state);
    else if (order.kind === "die") death = order;
    else if (order.kind === "live") death = undefined;
    else isTelling = true;
    process.stdout.write(`heard ${order.kind}\n`);
  });
  // Nobody is left who could end it.
  process.on("disconnect", () => process.exit(1));
  process.channel?.unref();

  /** Counts the step; returns what is to happen after it. */
  const reach = (name: string): (() => void) => {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    if (isTelling) process.stdout.write(`step ${nth} ${name}\n`);
    if (death?.step.name !== name || death.step.nth !== nth) return () => {};
    if (death.when === "after") return die;
    die();
    return die;
  };
  watchStatements(reach);
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

const RealDate = Date;
const realNow = Date.now.bind(Date);

function setClock(aheadMs: number): void {
  const now = () => realNow() + aheadMs;
  globalThis.Date = class extends RealDate {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(now());
      else super(...(given as [number]));
    }
    static override now = now;
  } as DateConstructor;
}

type Query = (...args: unknown[]) => unknown;

/** Both libraries' connections, in our store and in pg-boss, run their statements through these. */
function watchStatements(reach: (name: string) => () => void): void {
  const watch = (query: Query): Query =>
    function (this: unknown, ...args) {
      const text = typeof args[0] === "string" ? args[0] : undefined;
      const name = text === undefined ? undefined : nameOf(text);
      if (name === undefined) return query.apply(this, args);
      const after = reach(name);
      const told = args.at(-1);
      if (typeof told === "function") {
        // The pool hears of the end by a callback.
        const passedOn = (...results: unknown[]) => {
          after();
          told(...results);
        };
        return query.apply(this, [...args.slice(0, -1), passedOn]);
      }
      const result = query.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.then((value: unknown) => {
        after();
        return value;
      });
    };
  pg.Client.prototype.query = watch(pg.Client.prototype.query as Query) as never;
  const own = Object.getPrototypeOf(PGlite.prototype) as Record<"query" | "exec", Query>;
  own.query = watch(own.query);
  own.exec = watch(own.exec);
  const transaction = PGlite.prototype.transaction;
  PGlite.prototype.transaction = async function (this: PGlite, work: (tx: never) => never) {
    let after = () => {};
    const result = await transaction.call(this, async (tx) => {
      const [query, exec] = [tx.query as Query, tx.exec as Query];
      const watched = { query: watch(query.bind(tx)), exec: watch(exec.bind(tx)) };
      const value = await work(Object.assign(Object.create(tx), watched) as never);
      after = reach("commit");
      return value;
    });
    after();
    return result as never;
  } as never;
}

/**
 * `insert pyward.request`; `undefined` for what changes nothing, and for what runs without a review:
 * pg-boss looking for work and keeping its house.
 */
function nameOf(text: string): string | undefined {
  if (/^\s*commit\b/iu.test(text)) return "commit";
  if (/skip locked|set\s+heartbeat_on/iu.test(text)) return undefined;
  const [, verb, table] =
    /\b(insert into|update)\s+(pyward\w*\.(?:request|review|said|decision|repository|job_common))\b/iu.exec(
      text,
    ) ?? [];
  return verb === undefined ? undefined : `${verb.toLowerCase()} ${table}`;
}
