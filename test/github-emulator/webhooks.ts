// Tells the App what happened: signed, in order, only what it subscribed to, with a log it may ask for.
// Like GitHub, it waits 10 seconds for an answer and never tries again by itself.

import type { Urls } from "./call.ts";
import type { Ledger } from "./ledger.ts";
import { hears } from "./permissions.ts";
import { again, deliver, envelope, newDelivery } from "./webhook-delivery.ts";
import { payloadFaults } from "./webhook-description.ts";
import type { Installation, Repository, User, World } from "./world.ts";
import { installationOf } from "./world.ts";

export interface Announcement {
  /** `pull_request`. */
  readonly event: string;
  /** `opened`; `undefined` for events without actions (`push`). */
  readonly action: string | undefined;
  readonly sender: User;
  readonly repository?: Repository;
  /** Given for events about an installation itself, which carry it whole. */
  readonly installation?: Installation;
  /** What the event carries beside action, repository, installation and sender. */
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  readonly id: number;
  /** The `X-GitHub-Delivery` header; a redelivery has the same. */
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly installationId: number | undefined;
  readonly repositoryId: number | undefined;
  readonly isRedelivery: boolean;
  readonly deliveredAt: Date;
  /** Milliseconds until the answer. */
  duration: number;
  /** The App's answer; 0 while under way, 502 where there was no connection, 504 after 10 seconds. */
  statusCode: number;
  response: string;
}

export interface Webhooks {
  /** Everything sent so far, oldest first. */
  readonly log: readonly Delivery[];
  /** Sends an event, if the App may hear it. Does not wait for the App's answer. */
  announce(announcement: Announcement): void;
  /** Sends a delivery again, with the same guid. */
  redeliver(id: number): void;
  /** Where it is sent to; `undefined` until that is set. */
  url(): string | undefined;
  setUrl(url: string): void;
  /** Keeps back what comes, until `release`. */
  hold(): void;
  /** Sends what was kept back. */
  release(order?: "in order" | "reversed"): void;
  /** Sends the next event of that name twice, with the same guid. */
  duplicateNext(event: string): void;
  /** Loses the next event of that name: logged as failed, never sent. */
  loseNext(event: string): void;
  /** When every delivery so far has its answer. */
  settled(): Promise<void>;
  /** Sends nothing more and waits for no answer. */
  stop(): void;
}

export interface WebhookSettings {
  readonly url: string | undefined;
  /** Milliseconds before each delivery. */
  readonly delay: number;
  /** Called after each answer. */
  readonly changed: () => void;
}

export function createWebhooks(
  world: World,
  urls: Urls,
  ledger: Ledger,
  settings: WebhookSettings,
): Webhooks {
  const log: Delivery[] = [];
  const duplicated = new Set<string>();
  const lost = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let held: Delivery[] | undefined;
  let url = settings.url;
  let last: Promise<void> = Promise.resolve();

  const dispatch = (delivery: Delivery): void => {
    if (held) {
      held.push(delivery);
      return;
    }
    last = last
      .then(() => deliver(delivery, url, settings.delay, stopping.signal))
      .finally(settings.changed);
    const mine = last;
    underWay.add(mine);
    void mine.finally(() => underWay.delete(mine));
  };
  const enter = (delivery: Delivery): void => {
    log.push(delivery);
    dispatch(delivery);
  };

  return {
    log,
    announce(announcement) {
      const { event, action, repository } = announcement;
      const installation =
        announcement.installation ?? (repository && installationOf(world, repository));
      if (!installation) return;
      if (installation.suspendedAt && event !== "installation") return;
      if (!hears(event, action, installation.permissions, world.app.events)) return;
      const payload = envelope(world, urls, announcement, installation);
      const faults = payloadFaults(event, action, payload);
      if (faults.length > 0) {
        const request = `webhook ${event}.${action ?? ""}`;
        ledger.accuse({ kind: "emulator", request, detail: faults.slice(0, 8).join("; ") });
      }
      const delivery = newDelivery(world, announcement, payload, installation);
      if (lost.delete(event)) {
        delivery.statusCode = 502;
        delivery.response = "failed to connect to host";
        log.push(delivery);
        return;
      }
      enter(delivery);
      if (duplicated.delete(event)) enter(again(world, delivery));
    },
    redeliver(id) {
      const delivery = log.find((each) => each.id === id);
      if (!delivery) throw new Error(`there was no delivery ${id}`);
      enter(again(world, delivery));
    },
    url: () => url,
    setUrl(to) {
      url = to;
    },
    hold() {
      held ??= [];
    },
    release(order = "in order") {
      const waiting = held ?? [];
      held = undefined;
      for (const each of order === "reversed" ? waiting.toReversed() : waiting) dispatch(each);
    },
    duplicateNext: (event) => void duplicated.add(event),
    loseNext: (event) => void lost.add(event),
    stop: () => stopping.abort(),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
