// Data is encrypted with a cipher that can be broken, or block by block so that equal blocks stay equal.

import {
  argumentOfCall,
  constantsOf,
  defineRule,
  enclosingNodes,
  everyNode,
  isTestPath,
  pathsOf,
  type RuleContext,
} from "#rule";
import { hasFixedNonce, vectorCalls } from "./fixed-nonce.ts";

const hazmat = "cryptography.hazmat.primitives.ciphers";

/** Ciphers with keys or blocks too short, or broken outright, by the API path that makes one. */
const weakCiphers: Readonly<Record<string, string>> = {
  [`${hazmat}.algorithms.ARC4`]: "RC4",
  [`${hazmat}.algorithms.TripleDES`]: "Triple DES",
  [`${hazmat}.algorithms.Blowfish`]: "Blowfish",
  [`${hazmat}.algorithms.CAST5`]: "CAST5",
  [`${hazmat}.algorithms.IDEA`]: "IDEA",
  [`${hazmat}.algorithms.RC2`]: "RC2",
  "Crypto.Cipher.ARC2.new": "RC2",
  "Crypto.Cipher.ARC4.new": "RC4",
  "Crypto.Cipher.Blowfish.new": "Blowfish",
  "Crypto.Cipher.CAST.new": "CAST5",
  "Crypto.Cipher.DES.new": "DES",
  "Crypto.Cipher.DES3.new": "Triple DES",
  "Crypto.Cipher.XOR.new": "XOR",
};

/** Calls that are given a mode, and the mode that hides too little. */
const blockModes: Readonly<Record<string, string>> = {
  [`${hazmat}.Cipher`]: `${hazmat}.modes.ECB`,
  "Crypto.Cipher.AES.new": "Crypto.Cipher.AES.MODE_ECB",
};

// `MODE_ECB` of PyCryptodome is this number.
const ecbNumber = 1;

export default defineRule({
  watches: [...Object.keys(weakCiphers), ...Object.keys(blockModes), ...vectorCalls],
  *check(context) {
    for (const call of context.program.calls) {
      const cipher = call.paths.map((path) => weakCiphers[path]).find((name) => name !== undefined);
      const isFixed = hasFixedNonce(call);
      if (cipher === undefined && !isBlockByBlock(call) && !isFixed) continue;
      if (isTestPath(call.module.path) || isOnlyRead(call)) continue;
      if (cipher !== undefined) {
        yield context.finding(
          call.span,
          `What ${cipher} hides can be read by others with today's means. Encrypt with AES-GCM or ChaCha20-Poly1305, or simply with \`Fernet\`.`,
        );
      } else if (isFixed) {
        yield context.finding(
          call.span,
          "The vector stands in the code, so equal messages look equal, and with a stream two of them give each other away. Make it anew for each message: `os.urandom(12)` for GCM, `os.urandom(16)` for CBC.",
        );
      } else {
        yield context.finding(
          call.span,
          "In ECB mode equal blocks stay equal: patterns show through, and blocks can be exchanged unnoticed. Encrypt with AES-GCM.",
        );
      }
    }
  },
});

type Call = RuleContext["program"]["calls"][number];

function isBlockByBlock(call: Call): boolean {
  const ecb = call.paths.map((path) => blockModes[path]).find((mode) => mode !== undefined);
  if (ecb === undefined) return false;
  const mode = argumentOfCall(call, "mode", 1);
  const paths = pathsOf(mode);
  const isNumber = ecb.startsWith("Crypto.") && constantsOf(mode)[0] === ecbNumber;
  return isNumber || (paths.length > 0 && paths.every((path) => path === ecb));
}

/** Old data is decrypted, and nothing is encrypted beside it. */
function isOnlyRead(call: Call): boolean {
  const around = enclosingNodes(call.span).findLast((node) => node.kind === "function");
  if (!around) return false;
  const names = new Set<string>();
  for (const node of everyNode({ body: [around] })) {
    if (node.kind === "attribute") names.add(node.name);
  }
  const does = (...words: readonly string[]): boolean => words.some((word) => names.has(word));
  return does("decrypt", "decryptor") && !does("encrypt", "encryptor");
}
