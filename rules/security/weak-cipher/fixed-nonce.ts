// Vectors and nonces that are written down: every message is encrypted alike, and with a stream two of them
// give each other away.

import { argumentOfCall, type CallEvent, constantsOf } from "#rule";

const modes = "cryptography.hazmat.primitives.ciphers.modes";
const aead = "cryptography.hazmat.primitives.ciphers.aead";

/** Where the vector stands: names of the parameter, and its position where it has one. */
const vectors: Readonly<
  Record<string, { readonly names: readonly string[]; readonly at?: number }>
> = {
  ...Object.fromEntries(
    ["CBC", "CFB", "CFB8", "OFB", "GCM"].map((mode) => [
      `${modes}.${mode}`,
      { names: ["initialization_vector"], at: 0 },
    ]),
  ),
  [`${modes}.CTR`]: { names: ["nonce"], at: 0 },
  ...Object.fromEntries(
    ["AESGCM", "AESCCM", "AESOCB3", "ChaCha20Poly1305"].map((cipher) => [
      `${aead}.${cipher}.encrypt`,
      { names: ["nonce"], at: 0 },
    ]),
  ),
  "Crypto.Cipher.AES.new": { names: ["iv", "IV", "nonce"], at: 2 },
  "Crypto.Cipher.ChaCha20.new": { names: ["nonce"] },
  "Crypto.Cipher.ChaCha20_Poly1305.new": { names: ["nonce"] },
  "Crypto.Cipher.Salsa20.new": { names: ["nonce"] },
};

/** What a rule that asks must watch. */
export const vectorCalls: readonly string[] = Object.keys(vectors);

/** Whether a call is given a vector that stands in the code. */
export function hasFixedNonce(call: CallEvent): boolean {
  const shape = call.paths.map((path) => vectors[path]).find((each) => each !== undefined);
  if (!shape) return false;
  return shape.names.some((name) => {
    const known = constantsOf(argumentOfCall(call, name, shape.at));
    return (
      known.length > 0 &&
      known.every((each) => typeof each === "string" || (typeof each === "object" && each !== null))
    );
  });
}
