// The environment becomes settings, or one sentence for each fault.

import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Environment, readSettings } from "../src/settings.ts";
import { aFolder } from "./a-folder.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const pkcs8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

function anEnvironment(changes: Environment = {}): Environment {
  return {
    APP_ID: "1234",
    PRIVATE_KEY: pkcs1,
    WEBHOOK_SECRET: "correct horse battery staple",
    ...changes,
  };
}

function settingsOf(environment: Environment) {
  const result = readSettings(environment);
  if (!result.ok) throw new Error(result.faults.join("\n"));
  return result.settings;
}

function faultsOf(environment: Environment): readonly string[] {
  const result = readSettings(environment);
  return result.ok ? [] : result.faults;
}

test("three settings are enough", () => {
  expect(settingsOf(anEnvironment())).toEqual({
    appId: 1234,
    privateKey: pkcs8,
    webhookSecret: "correct horse battery staple",
    port: 3000,
    host: "localhost",
    gheHost: undefined,
    gheProtocol: "https",
    databaseUrl: undefined,
    dataDir: join(process.cwd(), ".pyward"),
    role: "all",
    publicUrl: undefined,
    logLevel: "info",
    logFormat: "json",
    metricsToken: undefined,
    tracesEndpoint: undefined,
  });
});

test("every missing setting has its own sentence", () => {
  expect(faultsOf({})).toEqual([
    "APP_ID is missing: give the number on the App's settings page.",
    "WEBHOOK_SECRET is missing: without one, anybody could send events in GitHub's name.",
    "PRIVATE_KEY and PRIVATE_KEY_PATH are both missing: give the App's private key (PEM).",
  ]);
});

test.each([
  ["as it is", pkcs1],
  ["with its line breaks written out", pkcs1.replaceAll("\n", "\\n")],
  ["in base64", Buffer.from(pkcs1).toString("base64")],
])("a private key is read %s", (_, key) => {
  expect(settingsOf(anEnvironment({ PRIVATE_KEY: key })).privateKey).toBe(pkcs8);
});

test("a private key is read from a file", () => {
  const path = join(aFolder("settings"), "key.pem");
  writeFileSync(path, pkcs1);
  const environment = anEnvironment({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path });

  expect(settingsOf(environment).privateKey).toBe(pkcs8);
});

test("a key file that is not there is named", () => {
  const environment = anEnvironment({ PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/no/key.pem" });

  expect(faultsOf(environment)).toEqual([
    "PRIVATE_KEY_PATH: the file /no/key.pem cannot be read (ENOENT).",
  ]);
});

test("a key of another kind is refused without being repeated", () => {
  const { privateKey: ed25519 } = generateKeyPairSync("ed25519");
  const pem = ed25519.export({ type: "pkcs8", format: "pem" }).toString();

  for (const key of [pem, "no key at all", pkcs1.slice(0, 300)]) {
    expect(faultsOf(anEnvironment({ PRIVATE_KEY: key }))).toEqual([
      "PRIVATE_KEY holds no RSA private key: use the .pem file made on the App's settings page.",
    ]);
  }
});

test.each([
  ["APP_ID", "Iv23abc", "APP_ID must be the App's number, not its name or client ID."],
  [
    "WEBHOOK_SECRET",
    "development",
    'WEBHOOK_SECRET is "development", which everybody knows: choose a random one.',
  ],
  ["WEBHOOK_SECRET", "short", "WEBHOOK_SECRET is too short: use at least 16 random characters."],
  ["PORT", "70000", "PORT must be a number from 0 to 65535."],
  ["PORT", "80a", "PORT must be a number from 0 to 65535."],
  [
    "GHE_HOST",
    "https://github.example.com/",
    "GHE_HOST must be a host name like github.example.com, without https:// and path.",
  ],
  ["GHE_PROTOCOL", "ftp", 'GHE_PROTOCOL must be "https" or "http".'],
  [
    "DATABASE_URL",
    "mysql://localhost/pyward",
    "DATABASE_URL must be a PostgreSQL address: postgres://user:password@host/database.",
  ],
  [
    "PUBLIC_URL",
    "pyward.example.com",
    "PUBLIC_URL must be an address that starts with https:// or http://.",
  ],
  ["METRICS_TOKEN", "short", "METRICS_TOKEN is too short: use at least 16 random characters."],
  ["LOG_LEVEL", "loud", "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent."],
  ["LOG_FORMAT", "xml", 'LOG_FORMAT must be "json" or "pretty".'],
])("%s may not be %j", (name, value, sentence) => {
  expect(faultsOf(anEnvironment({ [name]: value }))).toEqual([sentence]);
});

test("an empty setting counts as missing, and a public address loses its last slash", () => {
  const settings = settingsOf(
    anEnvironment({ PORT: "", GHE_HOST: " ", PUBLIC_URL: "https://pyward.example.com/" }),
  );

  expect(settings).toMatchObject({
    port: 3000,
    gheHost: undefined,
    publicUrl: "https://pyward.example.com",
  });
});
