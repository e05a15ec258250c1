// How much work a password hash makes of one guess, where the program says so itself.

import type { CallEvent } from "../../flow/frame.ts";
import type { Constant } from "../../flow/values/value.ts";
import { codeOf } from "../../python/module.ts";
import { argumentOfCall, constantsOf } from "../arguments-of-call.ts";

interface Work {
  readonly parameter: string;
  readonly position?: number;
  readonly least: number;
  /** What the number counts: "rounds". */
  readonly unit: string;
}

const iterations = { least: 100_000, unit: "iterations" };
const rounds = { least: 10, unit: "as cost" };

/** By API path: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const works: Readonly<Record<string, Work>> = {
  "bcrypt.gensalt": { parameter: "rounds", position: 0, ...rounds },
  "hashlib.pbkdf2_hmac": { parameter: "iterations", position: 3, ...iterations },
  "hashlib.scrypt": { parameter: "n", least: 8_192, unit: "as n" },
  "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC": {
    parameter: "iterations",
    position: 3,
    ...iterations,
  },
  "Crypto.Protocol.KDF.PBKDF2": { parameter: "count", position: 3, ...iterations },
  "passlib.hash.bcrypt.using": { parameter: "rounds", ...rounds },
  "passlib.hash.pbkdf2_sha256.using": { parameter: "rounds", ...iterations },
  "passlib.hash.pbkdf2_sha512.using": { parameter: "rounds", ...iterations },
};

/** Where a hash is chosen by name: the parameter, and names that are no password hash. */
const choices: Readonly<Record<string, readonly [name: string, position: number]>> = {
  "werkzeug.security.generate_password_hash": ["method", 1],
  "django.contrib.auth.hashers.make_password": ["hasher", 2],
};

const weakNames =
  /^(?:plain|plaintext|md5|sha1|sha224|sha256|sha384|sha512|unsalted_\w+|crypt|hex_\w+|(?:md5|des|sha1|bsdi|ldap_md5|ldap_sha1)(?:_crypt)?|ldap_plaintext|nthash|lmhash|mysql323|pbkdf2:\w+:\d{1,5})$/u;

const contexts = "passlib.context.CryptContext";

export const slowHashCalls: readonly string[] = [
  ...Object.keys(works),
  ...Object.keys(choices),
  contexts,
];

/** What is too little, in words: "4 as cost". `undefined` where it is enough, or not known. */
export function lackOf(call: CallEvent): string | undefined {
  for (const path of call.paths) {
    const work = works[path];
    if (work) {
      const found = constantsOf(argumentOfCall(call, work.parameter, work.position)).find(
        (constant) => typeof constant === "number" && constant > 0 && constant < work.least,
      );
      if (found !== undefined) return `${String(found)} ${work.unit}`;
    }
    if (path === contexts) {
      const schemes = call.arguments.keywords.get("schemes") ?? call.arguments.positional[0];
      // New passwords are hashed by the first of the list.
      const first = schemes && /^[[(]\s*["'](\w+)["']/u.exec(codeOf(schemes.span))?.[1];
      if (first !== undefined && isWeakName(first)) return `\`${first}\``;
    }
    const choice = choices[path];
    const name = choice && constantsOf(argumentOfCall(call, ...choice)).find(isWeakName);
    if (typeof name === "string") return `\`${name}\``;
  }
  return undefined;
}

export function isWeakName(constant: Constant): boolean {
  return typeof constant === "string" && weakNames.test(constant);
}
