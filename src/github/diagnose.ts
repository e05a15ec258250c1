// Compares what the App was granted with what it needs: pure, one sentence for each finding, and one
// that says how to mend it.

import { webhookPath } from "./front-door.ts";
import type { Account, Granted } from "./read-account.ts";

export interface Diagnosis {
  /** `permissions`, `webhook` ... */
  readonly subject: string;
  /** `fault`: something will not work. `note`: worth knowing. */
  readonly state: "ok" | "note" | "fault";
  readonly said: string;
  /** What to do; absent where there is nothing to do. */
  readonly mend?: string;
}

export interface Wanted {
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly events: readonly string[];
  /** Where people reach this App, without a slash at the end; `undefined` where it was not told. */
  readonly publicUrl: string | undefined;
}

/** GitHub takes a token of the App up to a minute from the future. */
const worstSkew = 60;
const mildSkew = 10;

export function diagnoseAccount(account: Account, wanted: Wanted): readonly Diagnosis[] {
  return [
    { subject: "App key", state: "ok", said: `GitHub takes the key of ${account.name}` },
    diagnoseClock(account.clockSkew),
    diagnosePermissions(account, wanted),
    ...diagnoseExtras(account, wanted),
    diagnoseEvents(account, wanted),
    ...diagnoseHook(account, wanted),
    ...diagnoseDeliveries(account),
    ...diagnoseInstallations(account, wanted),
  ];
}

function diagnoseClock(skew: number): Diagnosis {
  const seconds = Math.round(Math.abs(skew));
  const subject = "clock";
  if (seconds < mildSkew) return { subject, state: "ok", said: "agrees with GitHub's" };
  return {
    subject,
    state: seconds < worstSkew ? "note" : "fault",
    said: `is ${seconds} seconds ${skew > 0 ? "ahead of" : "behind"} GitHub's`,
    mend: "Let the machine take its time from a time server (NTP).",
  };
}

function diagnosePermissions({ permissions }: Account, wanted: Wanted): Diagnosis {
  const missing = lacking(permissions, wanted.permissions);
  const subject = "permissions";
  if (missing.length === 0) return { subject, state: "ok", said: "all that is needed is granted" };
  return {
    subject,
    state: "fault",
    said: `missing: ${missing.join(", ")}`,
    mend: "Grant them on the App's settings page, under Permissions & events; then every installation's owner is asked to accept.",
  };
}

/** With leave to write contents a thread can be resolved, which is worth having. */
const welcome: Granted = { contents: "write" };

function diagnoseExtras({ permissions }: Account, wanted: Wanted): Diagnosis[] {
  const extra = Object.entries(permissions)
    .filter(([name, access]) => !has({ ...wanted.permissions, ...welcome }, name, access))
    .map(([name, access]) => `${name}: ${access}`);
  if (extra.length === 0) return [];
  const said = `more than is needed: ${extra.join(", ")}`;
  const mend = "Take them away on the App's settings page, under Permissions & events.";
  return [{ subject: "permissions", state: "note", said, mend }];
}

function diagnoseEvents({ events }: Account, wanted: Wanted): Diagnosis {
  const missing = wanted.events.filter((event) => !events.includes(event));
  const subject = "events";
  if (missing.length === 0) return { subject, state: "ok", said: "all that are needed are sent" };
  return {
    subject,
    state: "fault",
    said: `not subscribed: ${missing.join(", ")}`,
    mend: "Tick them on the App's settings page, under Permissions & events.",
  };
}

function diagnoseHook({ hook }: Account, { publicUrl }: Wanted): Diagnosis[] {
  const expected = `${publicUrl ?? "https://your-host"}${webhookPath}`;
  const place = "on the App's settings page, under Webhook.";
  const fault = (said: string, mend: string): Diagnosis => {
    return { subject: "webhook", state: "fault", said, mend };
  };
  if (hook === undefined) return [fault("no address is set", `Set it to ${expected} ${place}`)];
  const found: Diagnosis[] = [];
  const isElsewhere =
    publicUrl === undefined ? !hook.url.endsWith(webhookPath) : hook.url !== expected;
  if (isElsewhere) {
    found.push(fault(`goes to ${hook.url}`, `Set it to ${expected} ${place}`));
  } else {
    found.push({ subject: "webhook", state: "ok", said: `goes to ${hook.url}` });
  }
  if (!hook.isJson) {
    found.push(fault("is not sent as JSON", `Set the content type to application/json ${place}`));
  }
  if (!hook.hasSecret) {
    found.push(fault("has no secret", `Set it to what WEBHOOK_SECRET holds ${place}`));
  }
  if (!hook.checksCertificates) {
    found.push(fault("is sent without a look at the certificate", `Enable verification ${place}`));
  }
  return found;
}

function diagnoseDeliveries({ deliveries }: Account): Diagnosis[] {
  const subject = "deliveries";
  const [newest] = deliveries;
  if (newest === undefined) {
    return [{ subject, state: "note", said: "GitHub has sent nothing yet" }];
  }
  if (newest.status === 401) {
    const said = "the newest one was refused, because its signature did not fit WEBHOOK_SECRET";
    const mend = "Set the same secret in WEBHOOK_SECRET and on the App's settings page.";
    return [{ subject, state: "fault", said, mend }];
  }
  const failed = deliveries.filter(({ status }) => status < 200 || status >= 400).length;
  if (failed === 0)
    return [{ subject, state: "ok", said: `the last ${deliveries.length} arrived` }];
  const said = `${failed} of the last ${deliveries.length} failed; the newest was answered with ${newest.status}`;
  const isDown = newest.status < 200 || newest.status >= 400;
  const mend = "See the App's settings page, under Advanced; a running Pyward asks for them again.";
  return [{ subject, state: isDown ? "fault" : "note", said, mend }];
}

function diagnoseInstallations({ installations, permissions, url }: Account, wanted: Wanted) {
  const subject = "installations";
  if (installations.length === 0) {
    const mend = `Install it on your repositories: ${url}/installations/new`;
    return [{ subject, state: "note", said: "it is installed nowhere", mend } as const];
  }
  const found: Diagnosis[] = [];
  // What the App itself lacks was told already.
  const granted = Object.fromEntries(
    Object.entries(wanted.permissions).filter(([name, access]) => has(permissions, name, access)),
  );
  for (const { account, permissions: accepted, isSuspended } of installations) {
    const missing = lacking(accepted, granted);
    if (isSuspended) {
      found.push({ subject, state: "note", said: `${account} has suspended it` });
    } else if (missing.length > 0) {
      const said = `${account} has not accepted: ${missing.join(", ")}`;
      const mend = `An owner of ${account} accepts the new permissions in its settings, under GitHub Apps.`;
      found.push({ subject, state: "fault", said, mend });
    }
  }
  if (found.length > 0) return found;
  const count = installations.length === 1 ? "1 account" : `${installations.length} accounts`;
  return [{ subject, state: "ok", said: `${count}, all permissions accepted` } as const];
}

function lacking(granted: Granted, wanted: Granted): readonly string[] {
  return Object.entries(wanted)
    .filter(([name, access]) => !has(granted, name, access))
    .map(([name, access]) => `${name}: ${access}`);
}

function has(granted: Granted, name: string, access: string): boolean {
  const level = granted[name];
  return level === access || level === "admin" || (level === "write" && access === "read");
}
