// The App itself: what it is, where it is installed, its tokens, its deliveries, its making from a manifest.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Answer, Call, Routes } from "../call.ts";
import { paginate, timestamp } from "../call.ts";
import { has } from "../permissions.ts";
import { presentApp, presentInstallation } from "../present/people.ts";
import { presentRepository } from "../present/repository.ts";
import { forbidden, notFound, Refusal } from "../refusal.ts";
import type { Delivery } from "../webhooks.ts";
import type { Installation, Permissions } from "../world.ts";
import { findRepository, installationOf } from "../world.ts";

export const appRoutes: Routes = {
  "apps/get-authenticated": (call) => ({
    body: { ...presentApp(call), installations_count: call.world.installations.size },
  }),

  "apps/list-installations": (call) =>
    paginate(call, [...call.world.installations.values()], (each) =>
      presentInstallation(call, each),
    ),

  "apps/get-installation": (call) => ({ body: presentInstallation(call, addressed(call)) }),

  "apps/get-repo-installation": (call) => {
    const { owner = "", repo = "" } = call.params;
    const repository = findRepository(call.world, owner, repo);
    const installation = repository && installationOf(call.world, repository);
    if (!installation) throw notFound();
    return { body: presentInstallation(call, installation) };
  },

  "apps/get-org-installation": (call) => installationOfAccount(call, call.params.org),
  "apps/get-user-installation": (call) => installationOfAccount(call, call.params.username),

  "apps/create-installation-access-token": createToken,

  "apps/list-repos-accessible-to-installation": (call) => {
    if (call.actor.kind !== "installation") throw forbidden();
    const { installation, repositories } = call.actor.token;
    const reachable = [...call.world.repositories.values()]
      .filter((each) => installation.repositories.has(each.id))
      .filter((each) => repositories?.has(each.id) ?? true);
    return paginate(
      call,
      reachable,
      (each) => presentRepository(call, each),
      (entries) => ({
        total_count: reachable.length,
        repository_selection: "selected",
        repositories: entries,
      }),
    );
  },

  "apps/get-webhook-config-for-app": ({ world, webhooks }) => {
    const { contentType, hasSecret, insecureSsl } = world.app.hook;
    return {
      body: {
        ...(webhooks.url() === undefined ? {} : { url: webhooks.url() }),
        content_type: contentType,
        insecure_ssl: insecureSsl,
        // Never told, only that there is one.
        ...(hasSecret ? { secret: "********" } : {}),
      },
    };
  },

  "apps/list-webhook-deliveries": (call) => {
    const { status, cursor } = call.query;
    const perPage = Math.min(100, Number(call.query.per_page ?? 30));
    const found = call.webhooks.log
      .toReversed()
      .filter((each) => status === undefined || (status === "success") === succeeded(each))
      .filter((each) => cursor === undefined || each.id <= Number(cursor));
    const next = found[perPage];
    const query = new URLSearchParams({ ...call.query, cursor: String(next?.id) });
    const link = `<${call.urls.api}/app/hook/deliveries?${query}>; rel="next"`;
    return {
      body: found.slice(0, perPage).map(presentDelivery),
      ...(next && { headers: { link } }),
    };
  },

  "apps/get-webhook-delivery": (call) => {
    const delivery = addressedDelivery(call);
    const { headers, payload, response } = delivery;
    const said = { headers: {}, payload: response };
    return {
      body: { ...presentDelivery(delivery), request: { headers, payload }, response: said },
    };
  },

  "apps/redeliver-webhook-delivery": (call) => {
    call.webhooks.redeliver(addressedDelivery(call).id);
    return { status: 202, body: {} };
  },

  "apps/create-from-manifest": (call) => {
    const code = call.params.code ?? "";
    const manifest = call.world.manifestCodes.get(code);
    if (!call.world.manifestCodes.delete(code)) throw notFound();
    const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = keys.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    const secret = () => randomBytes(20).toString("hex");
    const webhookSecret = secret();
    if (manifest !== undefined) {
      call.world.app = {
        ...call.world.app,
        ...{ id: call.world.nextId(), slug: slugOf(manifest.name), name: manifest.name },
        ...{ privateKey: pem, publicKey: keys.publicKey, webhookSecret },
        ...{ permissions: manifest.permissions, events: manifest.events },
      };
      call.webhooks.setUrl(manifest.hookUrl);
    }
    const app = presentApp(call);
    const secrets = { client_secret: secret(), webhook_secret: webhookSecret, pem };
    return { status: 201, body: { ...app, ...secrets } };
  },
};

/** How GitHub makes an App's address of its name. */
export function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-");
}

const hour = 3_600_000;

function createToken(call: Call): Answer {
  const installation = addressed(call);
  const { world } = call;
  if (installation.suspendedAt) {
    const message = "This installation has been suspended";
    throw new Refusal(403, { message, documentation_url: "https://docs.github.com/rest" });
  }
  const body = (call.body ?? {}) as {
    repositories?: readonly string[];
    repository_ids?: readonly number[];
    permissions?: Permissions;
  };
  const asked = chosenRepositories(call, installation, body.repositories, body.repository_ids);
  const permissions = chosenPermissions(installation, body.permissions);
  const token = `ghs_${randomBytes(18).toString("hex")}`;
  const expiresAt = new Date(world.now().getTime() + hour);
  world.tokens.set(token, { token, installation, permissions, repositories: asked, expiresAt });
  return {
    status: 201,
    body: {
      token,
      expires_at: timestamp(expiresAt),
      permissions,
      repository_selection: "selected",
      ...(asked && {
        repositories: [...world.repositories.values()]
          .filter((each) => asked.has(each.id))
          .map((each) => presentRepository(call, each)),
      }),
    },
  };
}

function chosenRepositories(
  call: Call,
  installation: Installation,
  names: readonly string[] | undefined,
  ids: readonly number[] | undefined,
): ReadonlySet<number> | undefined {
  if (!names && !ids) return undefined;
  const reachable = [...call.world.repositories.values()].filter((each) =>
    installation.repositories.has(each.id),
  );
  const found = [
    ...(names ?? []).map((name) => reachable.find((each) => each.name === name)),
    ...(ids ?? []).map((id) => reachable.find((each) => each.id === id)),
  ];
  return new Set(
    found.map((each) => {
      if (each) return each.id;
      const message =
        "There is at least one repository that does not exist or is not accessible to the parent installation.";
      throw new Refusal(422, { message, documentation_url: "https://docs.github.com/rest" });
    }),
  );
}

function chosenPermissions(
  installation: Installation,
  asked: Permissions | undefined,
): Permissions {
  if (!asked) return installation.permissions;
  for (const [name, access] of Object.entries(asked)) {
    if (has(installation.permissions, name, access)) continue;
    const message = "The permissions requested are not granted to this installation.";
    throw new Refusal(422, { message, documentation_url: "https://docs.github.com/rest" });
  }
  return { metadata: "read", ...asked };
}

function installationOfAccount(call: Call, login = ""): Answer {
  const found = [...call.world.installations.values()].find(
    (each) => each.account.login.toLowerCase() === login.toLowerCase(),
  );
  if (!found) throw notFound();
  return { body: presentInstallation(call, found) };
}

function addressed(call: Call): Installation {
  const found = call.world.installations.get(Number(call.params.installation_id));
  if (!found) throw notFound();
  return found;
}

function addressedDelivery(call: Call): Delivery {
  const id = Number(call.params.delivery_id);
  const found = call.webhooks.log.find((each) => each.id === id);
  if (!found) throw notFound();
  return found;
}

function succeeded(delivery: Delivery): boolean {
  return delivery.statusCode >= 200 && delivery.statusCode < 400;
}

function presentDelivery(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: timestamp(delivery.deliveredAt),
    redelivery: delivery.isRedelivery,
    duration: delivery.duration / 1000,
    status: succeeded(delivery) ? "OK" : delivery.response || "Invalid HTTP Response",
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
    throttled_at: null,
  };
}
