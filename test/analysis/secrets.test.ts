// What counts as a secret by its form and its use. Tokens are put together here, so that nobody's scanner,
// this one included, takes this file for a leak.

import { describe, expect, test } from "vitest";
import { crc32, hasTokenChecksum } from "../../src/analysis/secrets/checksum.ts";
import { findTokens } from "../../src/analysis/secrets/find-tokens.ts";
import { looksLikePassword, looksRandom } from "../../src/analysis/secrets/likely-secret.ts";
import { analysisOf } from "./an-analysis.ts";

const body = "R7tq2LxZ9vB4nK8mW3yD5sH6pJ1cF0gT";
const hex = "9f2c81d7be0441a6a3c55d90e1f7b284";

function withChecksum(prefix: string, text: string): string {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let number = crc32(text);
  let sum = "";
  for (let at = 0; at < 6; at += 1) {
    sum = digits.charAt(number % 62) + sum;
    number = Math.floor(number / 62);
  }
  return `${prefix}${text}${sum}`;
}

const github = withChecksum("ghp_", body.slice(0, 30));

test("the checksum of a token tells a real one from one with a letter changed", () => {
  const changed = github.replace("R7", "R8");

  expect([github, changed].map(hasTokenChecksum)).toEqual([true, false]);
});

describe("a provider's token is told by its form", () => {
  test.each([
    ["a GitHub token", github],
    ["a GitHub token", `ghs_123456_${"eyJhbGciOiJSUzI1NiJ9"}.eyJpc3MiOiI5In0.${body}`],
    ["an AWS access key", `AKIA${"QX7LM2RT9ZKD4VWB"}`],
    ["a Google API key", `AIza${"Sy"}${body}x`],
    ["a GitLab token", `glpat-${body.slice(0, 20)}`],
    ["a Slack token", `xoxb-${"2948105731"}-${"8305719264"}-${body.slice(0, 24)}`],
    [
      "a Slack webhook",
      `https://hooks.slack.com/services/T0${"9XK2LM4"}/B0${"7QW3RT5"}/${body.slice(0, 24)}`,
    ],
    ["a live Stripe key", `sk_live_${body.slice(0, 24)}`],
    ["a SendGrid key", `SG.${body.slice(0, 22)}.${body}${body.slice(0, 11)}`],
    ["a Databricks token", `dapi${hex}`],
    ["a Telegram bot token", `719${"3058264"}:AA${body}x`],
    ["an Anthropic key", `sk-ant-api03-${body}${body}AA`],
    ["a Vault token", `hvs.${body}`],
    [
      "a private key",
      `-----BEGIN ${"PRIVATE"} KEY-----\n${body}${body}\n-----END PRIVATE KEY-----`,
    ],
    [
      "the password in this address",
      `postgres://app:${"Tr4ffic-Cone"}@db.shop-internal.net/orders`,
    ],
  ])("%s", (what, token) => {
    const text = `value: "${token}"\n`;

    expect(findTokens(text).map((found) => found.what)).toEqual([what]);
  });
});

test.each([
  ["the key of Amazon's documentation", `AKIA${"IOSFODNN7EXAMPLE"}`],
  ["a token of one letter", `ghp_${"a".repeat(36)}`],
  ["a test key of Stripe", `sk_test_${body.slice(0, 24)}`],
  ["a publishable key", `pk_live_${body.slice(0, 24)}`],
  ["the first line of a key alone", "if text.startswith('-----BEGIN PRIVATE KEY-----'):"],
  ["a public key", `-----BEGIN PUBLIC KEY-----\n${body}${body}`],
  ["an address of this machine", "postgres://app:Tr4ffic-Cone@localhost/orders"],
  ["an address of a container", "amqp://app:Tr4ffic-Cone@broker:5672/"],
  ["an address that is filled in", "postgres://app:\u0024{PASSWORD}@db.shop-internal.net/orders"],
  ["an address of the documentation", "postgres://app:Tr4ffic-Cone@db.example.com/orders"],
  ["a part of a longer word", `x${"AKIAQX7LM2RT9ZKD4VWB"}y`],
])("%s is no secret", (_what, text) => {
  expect(findTokens(text)).toEqual([]);
});

test.each([
  ...[
    "access_token",
    "X-Api-Key",
    "invalid_password",
    "E1042_bad_password",
    "WebAppData",
    "sha256",
  ],
  ...[
    "https://login.partner.net/oauth2/v2.0/token",
    "/etc/shop/private.pem",
    "shop.auth.tokens.v2",
  ],
  ...["7d9f1c52-5c0e-4a4b-9d1f-2f6f2c1b7e11", "%Y-%m-%dT%H:%M:%S", "changeme123", "<your-token-1>"],
  ...[
    "\u0024{DB_PASSWORD}",
    "{{ password }}",
    "xxxxxxxx1",
    "application/x-www-form-urlencoded",
    "2024-01-31",
  ],
])("%s is no password and nothing random", (text) => {
  expect([looksLikePassword(text), looksRandom(text)]).toEqual([false, false]);
});

test("no finding repeats a secret, whichever rule it is of", () => {
  const password = "l3tm3in!Now";
  const { findings } = analysisOf(`
import hashlib, psycopg2
from flask import Flask, request
app = Flask(__name__)
connection = psycopg2.connect(host="db.shop-internal.net", password="${password}")

@app.get("/")
def find():
    connection.cursor().execute("SELECT '${password}' || '" + request.args["q"] + "'")
`);

  expect(findings.map(({ rule }) => rule).toSorted()).toEqual([
    "design/connection-per-request",
    "security/hardcoded-secret",
    "security/sql-injection",
  ]);
  expect(JSON.stringify(findings)).not.toContain(password);
});

test("a proven token is told in tests too, an unproven one and a password are not", () => {
  const text = (value: string) => ({ "tests/test_login.py": `PASSWORD = "${value}"\n` });
  const count = (value: string) => analysisOf(text(value)).findings.length;

  expect([github, github.replace("R7", "R8"), "Gr33n-Forklift"].map(count)).toEqual([1, 0, 0]);
});

test.each([
  [".env", `SMS_TOKEN=${hex}\nREGION=eu-west-1\n`, [1]],
  [".env.example", `SMS_TOKEN=${hex}\n`, []],
  ["deploy/values.yaml", `sms:\n  apiKey: "${hex}"\n  keyId: sms-key-1\n`, [2]],
  ["deploy/pod.yaml", `env:\n- name: SMS_TOKEN\n  value: ${hex}\n`, [3]],
  ["config.json", `{"mail": {"smtp_password": "Gr33n-Forklift"}}\n`, [1]],
  ["setup.cfg", "[mail]\npassword = Gr33n-Forklift\n", [2]],
  ["run.sh", `export SMS_TOKEN="${hex}"\ncurl -H "X: $SMS_TOKEN"\n`, [1]],
  ["Dockerfile", `FROM python:3.12\nENV SMS_TOKEN ${hex}\n`, [2]],
  ["look.ipynb", `{"cells": [{"source": ["api_key = \\"${hex}\\"\\n"]}]}\n`, [1]],
  [
    "docker-compose.yml",
    "environment:\n  POSTGRES_PASSWORD: postgres\n  DB_PASSWORD: \u0024{DB_PASSWORD}\n",
    [],
  ],
  [".github/workflows/ci.yml", "env:\n  SMS_TOKEN: \u0024{{ secrets.SMS_TOKEN }}\n", []],
  ["poetry.lock", `hash = "sha256:${hex}${hex}"\n`, []],
  [
    "locale/messages.json",
    '{"password": "Passwort", "invalid_password": "Falsches Passwort!"}\n',
    [],
  ],
])("a configuration file is read for named secrets: %s", (path, text, lines) => {
  const { findings } = analysisOf({ [path]: text });
  const own = findings.filter(({ rule }) => rule === "security/hardcoded-secret");

  expect(own.map(({ place }) => place.startLine)).toEqual(lines);
});

test.each([
  [".env", `SMS_TOKEN=${hex}\n`, 1],
  [".env", "PORT=8000\nDEBUG=false\n", 0],
  [".env.example", `SMS_TOKEN=${hex}\n`, 0],
  ["tests/.env", `SMS_TOKEN=${hex}\n`, 0],
  ["deploy/shop.p12", "", 1],
  ["app/debug.keystore", "", 0],
  ["keys/server.pem", `-----BEGIN ${"PRIVATE"} KEY-----\n${body}${body}\n`, 1],
  ["keys/server.pem", `-----BEGIN CERTIFICATE-----\n${body}${body}\n`, 0],
  [".pypirc", "[pypi]\nusername = shop\npassword = Gr33n-Forklift\n", 1],
  [".npmrc", "//npm.example.com/:_authToken=\u0024{NPM_TOKEN}\n", 0],
  [".netrc", "machine git.partner.net login shop password Gr33n-Forklift\n", 1],
  ["terraform.tfstate", '{"version": 4, "resources": [{"type": "db"}]}\n', 1],
  ["terraform.tfstate", '{"version": 4, "resources": []}\n', 0],
])("a file made for secrets is told as a file: %s", (path, text, count) => {
  const { findings } = analysisOf({ [path]: text });

  expect(findings.filter(({ rule }) => rule === "security/committed-secret-file")).toHaveLength(
    count,
  );
});
