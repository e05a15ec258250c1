// What the App is told by its environment, checked at once: each fault is one sentence.

import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

export interface Settings {
  readonly appId: number;
  /** The App's private key, PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Host and port of a GitHub Enterprise Server; `undefined` for github.com. */
  readonly gheHost: string | undefined;
  readonly gheProtocol: "https" | "http";
  /** A PostgreSQL address; without one the embedded store in `dataDir` is used. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Where people reach our pages, without a slash at the end; else host and port are taken. */
  readonly publicUrl: string | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: "json" | "pretty";
  /** Who shows this reads `/metrics`; without one there are none. */
  readonly metricsToken: string | undefined;
  /** Where traces are sent; none are made without it. */
  readonly tracesEndpoint: string | undefined;
  /** What this process does: hear webhooks and serve pages, review, or both. */
  readonly role: Role;
}

export type Role = "web" | "worker" | "all";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or what is wrong with them: one sentence for each fault. */
export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads the environment; of the disk it reads only the file that PRIVATE_KEY_PATH names. */
export function readSettings(environment: Environment, role: Role = "all"): SettingsResult {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = schema.safeParse(given);
  const key = readPrivateKey(given);
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => issue.message)),
    ...("fault" in key ? [key.fault] : []),
    ...(role === "all" || given.DATABASE_URL !== undefined
      ? []
      : [`--role ${role} needs DATABASE_URL: the embedded store serves one process only.`]),
  ];
  if (!parsed.success || "fault" in key || faults.length > 0) return { ok: false, faults };

  const { PORT: port, HOST: host, ...rest } = parsed.data;
  return {
    ok: true,
    settings: {
      appId: rest.APP_ID,
      privateKey: key.pem,
      webhookSecret: rest.WEBHOOK_SECRET,
      port,
      host,
      gheHost: rest.GHE_HOST,
      gheProtocol: rest.GHE_PROTOCOL,
      databaseUrl: rest.DATABASE_URL,
      dataDir: resolve(rest.DATA_DIR),
      publicUrl: rest.PUBLIC_URL,
      logLevel: rest.LOG_LEVEL,
      logFormat: rest.LOG_FORMAT,
      metricsToken: rest.METRICS_TOKEN,
      tracesEndpoint: rest.OTEL_EXPORTER_OTLP_ENDPOINT,
      role,
    },
  };
}

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const schema = z.object({
  APP_ID: z
    .string({ error: "APP_ID is missing: give the number on the App's settings page." })
    .regex(/^[1-9]\d{0,14}$/u, {
      error: "APP_ID must be the App's number, not its name or client ID.",
    })
    .transform(Number),
  WEBHOOK_SECRET: z
    .string({
      error: "WEBHOOK_SECRET is missing: without one, anybody could send events in GitHub's name.",
    })
    .refine((secret) => secret !== "development", {
      error: 'WEBHOOK_SECRET is "development", which everybody knows: choose a random one.',
      abort: true,
    })
    .refine((secret) => secret.length >= 16, {
      error: "WEBHOOK_SECRET is too short: use at least 16 random characters.",
    }),
  PORT: z
    .string()
    .default("3000")
    .refine((port) => /^\d{1,5}$/u.test(port) && Number(port) <= 65_535, {
      error: "PORT must be a number from 0 to 65535.",
    })
    .transform(Number),
  HOST: z.string().default("localhost"),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(?::\d{1,5})?$/u, {
      error: "GHE_HOST must be a host name like github.example.com, without https:// and path.",
    })
    .optional(),
  GHE_PROTOCOL: z
    .enum(["https", "http"], { error: 'GHE_PROTOCOL must be "https" or "http".' })
    .default("https"),
  DATABASE_URL: z
    .string()
    .refine((url) => hasProtocol(url, ["postgres:", "postgresql:"]), {
      error: "DATABASE_URL must be a PostgreSQL address: postgres://user:password@host/database.",
    })
    .optional(),
  DATA_DIR: z.string().default(".pyward"),
  PUBLIC_URL: z
    .string()
    .refine((url) => hasProtocol(url, ["https:", "http:"]), {
      error: "PUBLIC_URL must be an address that starts with https:// or http://.",
    })
    .transform((url) => url.replace(/\/+$/u, ""))
    .optional(),
  METRICS_TOKEN: z
    .string()
    .refine((token) => token.length >= 16, {
      error: "METRICS_TOKEN is too short: use at least 16 random characters.",
    })
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((url) => hasProtocol(url, ["https:", "http:"]), {
      error: "OTEL_EXPORTER_OTLP_ENDPOINT must be an address that starts with https:// or http://.",
    })
    .optional(),
  LOG_LEVEL: z
    .enum(levels, { error: `LOG_LEVEL must be one of ${levels.join(", ")}.` })
    .default("info"),
  LOG_FORMAT: z
    .enum(["json", "pretty"], { error: 'LOG_FORMAT must be "json" or "pretty".' })
    .default("json"),
});

function hasProtocol(url: string, protocols: readonly string[]): boolean {
  return URL.canParse(url) && protocols.includes(new URL(url).protocol);
}

type KeyResult = { readonly pem: string } | { readonly fault: string };

/** PRIVATE_KEY as it is, with `\n` written out, or in base64; or the file at PRIVATE_KEY_PATH. */
function readPrivateKey(environment: Environment): KeyResult {
  const { PRIVATE_KEY: inline, PRIVATE_KEY_PATH: path } = environment;
  if (inline !== undefined) return checkPrivateKey(unfold(inline), "PRIVATE_KEY");
  if (path === undefined) {
    return {
      fault: "PRIVATE_KEY and PRIVATE_KEY_PATH are both missing: give the App's private key (PEM).",
    };
  }
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return { fault: `PRIVATE_KEY_PATH: the file ${path} cannot be read (${code}).` };
  }
  return checkPrivateKey(text, `PRIVATE_KEY_PATH: the file ${path}`);
}

function unfold(key: string): string {
  if (key.includes("-----BEGIN")) return key.replaceAll("\\n", "\n");
  return Buffer.from(key, "base64").toString("utf8");
}

function checkPrivateKey(pem: string, where: string): KeyResult {
  const fault = `${where} holds no RSA private key: use the .pem file made on the App's settings page.`;
  try {
    const key = createPrivateKey(pem);
    // PKCS#8, because GitHub hands out PKCS#1, which not every reader down the line takes.
    if (key.asymmetricKeyType !== "rsa") return { fault };
    return { pem: key.export({ type: "pkcs8", format: "pem" }).toString() };
  } catch {
    return { fault };
  }
}
