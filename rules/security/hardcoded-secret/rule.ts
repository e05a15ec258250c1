// A key, a token or a password is written into the repository: whoever can read it, or ever could, has it.

import {
  configSecrets,
  defineRule,
  type HardcodedSecret,
  keyCalls,
  loginCalls,
  pythonSecrets,
  secretFileOf,
  tokenSecrets,
  withoutOverlaps,
} from "#rule";
import { fixOfSecret } from "./fix.ts";

export default defineRule({
  fix: fixOfSecret,
  watches: [...loginCalls, ...keyCalls.keys()],
  watchesConstantsIn: ["secret"],
  staysInHistory: true,
  *check({ program, finding }) {
    const texts = [...program.modules, ...program.configs];
    const secrets = withoutOverlaps([
      // A file that is nothing but a key is told as a file.
      ...texts.flatMap((module) =>
        secretFileOf(module)?.isKeyOnly ? [] : [...tokenSecrets(module)],
      ),
      ...pythonSecrets(program),
      ...program.configs.flatMap((config) => [...configSecrets(config)]),
    ]);
    for (const secret of secrets) {
      const { module, start, end, severity, confidence } = secret;
      const span = { module, start, end };
      yield finding(span, messageOf(secret), { severity, confidence, secret: span });
    }
  },
});

function messageOf({ what, use }: HardcodedSecret): string {
  const remedy = "Replace it by a new one that the program reads from the environment";
  switch (use) {
    case "format":
      return `This holds ${what}, and everybody who can read the repository or its history can use it. Revoke it, and read the new one from the environment.`;
    case "given":
      return `${what} is written down here, for everybody who can read the repository or its history. ${remedy}.`;
    case "fallback":
      return `Where nothing else is given, ${what} is this text, which everybody who can read the code knows. Fail at the start instead, and change the secret wherever it was used.`;
    case "default":
      return `Callers who leave ${what} out use this secret, which everybody who can read the code knows. Make it a required argument, and replace the secret.`;
    case "compared":
      return `${what} is right if it is this text, which everybody who can read the code knows. Compare a hash, or a value from the environment, with \`hmac.compare_digest\`.`;
    case "login":
      return `${what} signs in with a password that everybody who can read the code knows. ${remedy}.`;
    case "argument":
      return `${what} takes its secret from this text, which everybody who can read the code knows. ${remedy}.`;
  }
}
