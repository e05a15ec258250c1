// Registers the App on GitHub from its manifest: what GitHub is asked, and what it hands back once.
// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest

import { z } from "zod";
import { octokitFor, requestOptions } from "./client.ts";
import { webhookPath } from "./front-door.ts";

export interface AppToRegister {
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly events: readonly string[];
  /** Where people and GitHub reach the App, without a slash at the end. */
  readonly publicUrl: string;
  /** Where GitHub sends the browser back to, with `code` and `state`. */
  readonly redirectUrl: string;
}

/** The manifest as JSON, to be sent as the field `manifest` of a form. */
export function writeManifest(app: AppToRegister): string {
  return JSON.stringify({
    name: app.name,
    description: app.description,
    url: app.publicUrl,
    hook_attributes: { url: `${app.publicUrl}${webhookPath}`, active: true },
    redirect_url: app.redirectUrl,
    public: app.isPublic,
    default_permissions: app.permissions,
    default_events: app.events,
  });
}

/** Where the form goes; `state` comes back with the browser. */
export function registrationUrl(
  gitHubUrl: string,
  organisation: string | undefined,
  state: string,
): string {
  const owner =
    organisation === undefined ? "" : `/organizations/${encodeURIComponent(organisation)}`;
  return `${gitHubUrl}${owner}/settings/apps/new?state=${encodeURIComponent(state)}`;
}

export interface RegisteredApp {
  readonly appId: number;
  readonly name: string;
  /** Its page on GitHub. */
  readonly url: string;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/**
 * Exchanges the code that GitHub sent the browser back with; it works once, and for an hour.
 * @param apiUrl GitHub's API on a GitHub Enterprise Server; `undefined` for github.com.
 */
export async function exchangeCode(
  code: string,
  apiUrl: string | undefined,
): Promise<RegisteredApp> {
  const Octokit = octokitFor(true);
  const client = new Octokit({
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl }),
    request: requestOptions,
    retry: { enabled: false },
  });
  const { data } = await client.rest.apps.createFromManifest({ code });
  return registered.parse(data);
}

const registered = z
  .object({
    id: z.number().int(),
    name: z.string(),
    html_url: z.url(),
    pem: z.string(),
    webhook_secret: z.string().min(1),
  })
  .transform(
    ({ id, name, ...rest }): RegisteredApp => ({
      ...{ appId: id, name, url: rest.html_url },
      privateKey: rest.pem,
      webhookSecret: rest.webhook_secret,
    }),
  );
