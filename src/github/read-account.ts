// What GitHub says of the App itself: what its owner granted, where it sends webhooks and how that
// went, and where it is installed.

import { z } from "zod";
import type { GitHubClient } from "./client.ts";

export interface Account {
  readonly name: string;
  /** Its page on GitHub. */
  readonly url: string;
  readonly permissions: Granted;
  readonly events: readonly string[];
  /** How far our clock is ahead of GitHub's, in seconds. */
  readonly clockSkew: number;
  /** `undefined` where no webhook address was set. */
  readonly hook: Hook | undefined;
  /** What we answered to the newest deliveries, newest first. */
  readonly deliveries: readonly { readonly event: string; readonly status: number }[];
  readonly installations: readonly AccountInstallation[];
}

export type Granted = Readonly<Record<string, string>>;

export interface Hook {
  readonly url: string;
  readonly isJson: boolean;
  readonly hasSecret: boolean;
  readonly checksCertificates: boolean;
}

export interface AccountInstallation {
  readonly id: number;
  readonly account: string;
  readonly permissions: Granted;
  readonly isSuspended: boolean;
}

/** Throws Octokit's error where GitHub refuses the key or cannot be reached. */
export async function readAccount(app: GitHubClient): Promise<Account> {
  const { data, headers } = await app.rest.apps.getAuthenticated();
  const ourTime = Date.now();
  const [{ data: config }, { data: deliveries }, installations] = await Promise.all([
    app.rest.apps.getWebhookConfigForApp(),
    app.rest.apps.listWebhookDeliveries({ per_page: 30 }),
    app.paginate(app.rest.apps.listInstallations, { per_page: 100 }),
  ]);
  const { name, html_url: url, permissions, events } = registered.parse(data);
  const theirTime = Date.parse(String(headers.date));
  return {
    ...{ name, url, permissions, events },
    clockSkew: Number.isNaN(theirTime) ? 0 : (ourTime - theirTime) / 1000,
    hook: config.url === undefined || config.url === "" ? undefined : describeHook(config),
    deliveries: deliveries.map(({ event, status_code: status }) => ({ event, status })),
    installations: installations.map((each) => ({
      id: each.id,
      account: accountOf(each.account),
      permissions: granted.parse(each.permissions),
      isSuspended: each.suspended_at !== null,
    })),
  };
}

const granted = z.record(z.string(), z.string());
const registered = z.object({
  name: z.string(),
  html_url: z.string(),
  permissions: granted,
  events: z.array(z.string()),
});

interface HookConfig {
  readonly url?: string;
  readonly content_type?: string;
  readonly secret?: string;
  readonly insecure_ssl?: string | number;
}

function describeHook(config: HookConfig): Hook {
  return {
    url: config.url ?? "",
    isJson: config.content_type === "json",
    hasSecret: config.secret !== undefined && config.secret !== "",
    checksCertificates: String(config.insecure_ssl ?? "0") === "0",
  };
}

function accountOf(account: unknown): string {
  const named = z.object({ login: z.string() }).or(z.object({ slug: z.string() }));
  const read = named.safeParse(account);
  if (!read.success) return "an unknown account";
  return "login" in read.data ? read.data.login : read.data.slug;
}
