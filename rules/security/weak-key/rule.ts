// A key is made too short to keep what it protects.

import { argumentOfCall, constantsOf, defineRule, isTestPath, pathsOf, quoteCode } from "#rule";

const asymmetric = "cryptography.hazmat.primitives.asymmetric";

/** Where a number of bits decides: the parameter's name and position, by API path. */
const sized: Readonly<Record<string, readonly [name: string, position: number]>> = {
  [`${asymmetric}.rsa.generate_private_key`]: ["key_size", 1],
  [`${asymmetric}.dsa.generate_private_key`]: ["key_size", 0],
  [`${asymmetric}.dsa.generate_parameters`]: ["key_size", 0],
  [`${asymmetric}.dh.generate_parameters`]: ["key_size", 1],
  "Crypto.PublicKey.RSA.generate": ["bits", 0],
  "Crypto.PublicKey.DSA.generate": ["bits", 0],
  "rsa.newkeys": ["nbits", 0],
  "paramiko.RSAKey.generate": ["bits", 0],
  "paramiko.DSSKey.generate": ["bits", 0],
};

/** Where a curve decides. */
const curved: Readonly<Record<string, readonly [name: string, position: number]>> = {
  [`${asymmetric}.ec.generate_private_key`]: ["curve", 0],
  [`${asymmetric}.ec.derive_private_key`]: ["curve", 1],
  "Crypto.PublicKey.ECC.generate": ["curve", 0],
};

// Two thousand bits of RSA are worth 112 bits of a cipher, the least that NIST SP 800-57 lets pass.
const leastBits = 2048;

// Fewer than 224 bits: the same bound for curves.
const shortCurves =
  /^(?:SECP192R1|SECT163K1|SECT163R2|NIST P-192|[pP]-?192|secp192r1|prime192v1)$/u;

export default defineRule({
  watches: [...Object.keys(sized), ...Object.keys(curved)],
  *check({ program, finding }) {
    for (const call of program.calls) {
      // A key of a test protects nothing and should be made quickly.
      if (isTestPath(call.module.path)) continue;
      const size = lookUp(sized, call.paths);
      const bits = size && constantsOf(argumentOfCall(call, ...size)).filter(isShort);
      if (bits?.[0] !== undefined) {
        yield finding(
          call.span,
          `${quoteCode(codeOfCall(call.paths))} makes a key of ${bits[0]} bits, which can be broken. Ask for at least 2048, better 3072.`,
        );
      }
      const curve = lookUp(curved, call.paths);
      const name = curve && shortCurve(argumentOfCall(call, ...curve));
      if (name !== undefined) {
        yield finding(
          call.span,
          `The curve ${quoteCode(name)} is too short to keep a key. Take \`P-256\` or Ed25519.`,
        );
      }
    }
  },
});

function lookUp<T>(table: Readonly<Record<string, T>>, paths: readonly string[]): T | undefined {
  return paths.map((path) => table[path]).find((row) => row !== undefined);
}

function isShort(constant: unknown): constant is number {
  return typeof constant === "number" && constant > 0 && constant < leastBits;
}

function shortCurve(value: Parameters<typeof pathsOf>[0]): string | undefined {
  const names = [
    ...constantsOf(value).filter((constant) => typeof constant === "string"),
    ...pathsOf(value).map(lastWord),
  ];
  return names.find((name) => shortCurves.test(name));
}

/** `rsa.generate_private_key`: the last two words say enough. */
function codeOfCall(paths: readonly string[]): string {
  return (paths[0] ?? "").split(".").slice(-2).join(".");
}

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
