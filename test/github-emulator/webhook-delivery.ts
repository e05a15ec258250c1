// One webhook delivery: its payload with all that every event carries, its signature, and the sending.

import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Urls } from "./call.ts";
import { presentUser } from "./present/people.ts";
import { presentRepository } from "./present/repository.ts";
import type { Announcement, Delivery } from "./webhooks.ts";
import type { Installation, User, World } from "./world.ts";
import { nodeId } from "./world.ts";

const patience = 10_000;

/** The whole payload: what happened, where, in whose installation, and who did it. */
export function envelope(
  world: World,
  urls: Urls,
  announcement: Announcement,
  installation: Installation,
): Record<string, unknown> {
  const scene = { world, urls };
  const { action, repository, sender, payload } = announcement;
  return {
    ...(action === undefined ? {} : { action }),
    ...payload,
    ...(repository && { repository: presentRepository(scene, repository) }),
    ...(repository?.owner.type === "Organization" && {
      organization: presentOrganization(urls, repository.owner),
    }),
    ...(payload.installation === undefined && {
      installation: { id: installation.id, node_id: nodeId("MDIzOk", installation.id) },
    }),
    sender: presentUser(scene, sender),
  };
}

function presentOrganization(urls: Urls, owner: User) {
  const url = `${urls.api}/orgs/${owner.login}`;
  return {
    login: owner.login,
    id: owner.id,
    node_id: nodeId("O", owner.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${urls.html}/avatars/u/${owner.id}`,
    description: null,
  };
}

/** A signed delivery, not yet sent. */
export function newDelivery(
  world: World,
  { event, action, repository }: Announcement,
  payload: Readonly<Record<string, unknown>>,
  installation: Installation,
): Delivery {
  const guid = randomUUID();
  const signature = createHmac("sha256", world.app.webhookSecret)
    .update(JSON.stringify(payload))
    .digest("hex");
  return {
    id: world.nextId(),
    guid,
    event,
    action,
    payload,
    headers: {
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/emulated",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-github-hook-id": String(world.app.id),
      "x-github-hook-installation-target-id": String(world.app.id),
      "x-github-hook-installation-target-type": "integration",
      "x-hub-signature-256": `sha256=${signature}`,
    },
    installationId: installation.id,
    repositoryId: repository?.id,
    isRedelivery: false,
    deliveredAt: world.now(),
    duration: 0,
    statusCode: 0,
    response: "",
  };
}

/** The same delivery, to be sent again. */
export function again(world: World, delivery: Delivery): Delivery {
  return {
    ...delivery,
    id: world.nextId(),
    isRedelivery: true,
    deliveredAt: world.now(),
    duration: 0,
    statusCode: 0,
    response: "",
  };
}

/** Sends a delivery and writes down what came back; after `delay` milliseconds, 10 seconds at most. */
export async function deliver(
  delivery: Delivery,
  url: string | undefined,
  delay: number,
  stopping: AbortSignal,
): Promise<void> {
  if (delay > 0) await sleep(delay);
  const began = performance.now();
  try {
    if (url === undefined) throw new Error("the App has no webhook URL");
    const response = await fetch(url, {
      method: "POST",
      // On a busy machine a connection kept open is closed by the App just when it is used again.
      headers: { ...delivery.headers, connection: "close" },
      body: JSON.stringify(delivery.payload),
      signal: AbortSignal.any([stopping, AbortSignal.timeout(patience)]),
    });
    delivery.response = await response.text();
    delivery.statusCode = response.status;
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    delivery.statusCode = timedOut ? 504 : 502;
    delivery.response = timedOut ? "timed out" : "failed to connect to host";
  }
  delivery.duration = performance.now() - began;
}
