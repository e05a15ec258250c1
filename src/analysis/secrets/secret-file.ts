// Files that are there to hold secrets: told by name, and by there being one in them.

import type { Module } from "../../python/module.ts";
import { isDevelopmentFile, isTestCode } from "../paths.ts";
import { configEntries } from "./config-entries.ts";
import { isEnvironmentFile, isOwnName, isRealValue, isSampleFile } from "./config-secrets.ts";
import { credentialKind } from "./credential-name.ts";
import { findTokens } from "./find-tokens.ts";
import { looksRandom } from "./likely-secret.ts";

export interface SecretFile {
  /** In words for a message: "the keys of this program's environment". */
  readonly what: string;
  /** Names of what it holds, where it has names; never a value. */
  readonly names: readonly string[];
  readonly isKeyOnly: boolean;
}

/** `undefined` for every other file, for samples and for what tests use. */
export function secretFileOf({ path, text }: Module): SecretFile | undefined {
  if (isTestCode(path) || isSampleFile(path)) return undefined;
  const kind = kinds.find(({ name }) => name.test(path));
  if (!kind) return isEnvironmentFile(path) ? environmentFile(path, text) : undefined;
  if (!kind.holds(text)) return undefined;
  return { what: kind.what, names: [], isKeyOnly: kind.isKeyOnly ?? false };
}

interface Kind {
  readonly name: RegExp;
  readonly what: string;
  readonly isKeyOnly?: boolean;
  /** Whether a text of that name really holds one. */
  holds(text: string): boolean;
}

const kinds: readonly Kind[] = [
  {
    name: /(?<!(?:^|\/)debug)\.(?:p12|pfx|jks|keystore|bks|kdbx|keytab)$/iu,
    what: "a key store",
    holds: () => true,
  },
  {
    name: /\.(?:pem|key|ppk|p8|asc|ovpn)$|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$/iu,
    what: "a private key",
    isKeyOnly: true,
    holds: (text) => findTokens(text).some(({ what }) => what.includes("private key")),
  },
  {
    name: /(?:^|\/)[^/]*\.json$/iu,
    what: "the key of a Google service account",
    isKeyOnly: true,
    holds: (text) =>
      /"type"\s*:\s*"service_account"/u.test(text) &&
      findTokens(text).some(({ what }) => what === "a private key"),
  },
  {
    name: /(?:^|\/)(?:\.netrc|_netrc|\.pgpass|\.git-credentials|\.pypirc|\.npmrc|\.s3cfg|\.boto|\.my\.cnf)$/iu,
    what: "passwords of a person or a machine",
    holds: holdsLogin,
  },
  {
    name: /(?:^|\/)\.aws\/credentials$|(?:^|\/)credentials$/iu,
    what: "keys of AWS",
    holds: (text) => /aws_secret_access_key\s*=\s*[\w+/]{30,}/iu.test(text),
  },
  {
    name: /(?:^|\/)\.htpasswd$/iu,
    what: "password hashes",
    holds: (text) => /^[^\s:#]+:(?:\$(?:2[aby]|apr1|5|6)\$|\{SHA\})\S{10,}/mu.test(text),
  },
  {
    name: /(?:^|\/)(?:\.dockercfg|\.docker\/config\.json|\.dockerconfigjson)$/iu,
    what: "logins to container registries",
    holds: (text) => /"auth"\s*:\s*"[\w+/=]{12,}"/u.test(text),
  },
  {
    name: /(?:^|\/)(?:kubeconfig|\.kube\/config)$|\.kubeconfig$|(?:^|\/)kubeconfig[^/]*\.ya?ml$/iu,
    what: "access to a Kubernetes cluster",
    holds: (text) =>
      /\b(?:client-key-data|token|password)["']?:\s*["']?(?!\{\{|\$|<)[\w+/=.-]{20,}/u.test(text),
  },
  {
    name: /\.tfstate(?:\.backup)?$/iu,
    what: "the state of Terraform, which keeps passwords in plain text",
    holds: (text) => /"resources"\s*:\s*\[\s*\{/u.test(text),
  },
];

function holdsLogin(text: string): boolean {
  const values = [
    ...Array.from(
      text.matchAll(/(?:\bpassword\b|_authToken|_password|secret_key|_auth)\s*[= ]\s*(\S+)/gu),
      (match) => match[1] ?? "",
    ),
    ...Array.from(
      text.matchAll(/^[^\s:#]+:\d+:[^:\n]*:[^:\n]*:(\S+)$/gmu),
      (match) => match[1] ?? "",
    ),
    ...Array.from(text.matchAll(/^https?:\/\/[^\s:@]+:([^\s@]+)@/gmu), (match) => match[1] ?? ""),
  ];
  return values.some((value) => isRealValue(value) && !value.startsWith("$"));
}

/** `.env` and its like: there is nothing wrong with one that only says which port to use. */
function environmentFile(path: string, text: string): SecretFile | undefined {
  const isLocal = isDevelopmentFile(path);
  const entries = configEntries(text).filter(({ name, value }) => {
    if (!credentialKind(name) || isOwnName(name, value)) return false;
    return isLocal ? looksRandom(value) : isRealValue(value);
  });
  const names = [...new Set(entries.map(({ name }) => name))];
  if (names.length === 0 && findTokens(text).length === 0) return undefined;
  return { what: "secrets of the environment", names, isKeyOnly: false };
}
