// What a finding calls a secret is shown nowhere, not even on a line that is shown for another reason.

import { expect, test } from "vitest";
import { hideSecrets } from "../../src/render/hide-secrets.ts";
import { aFinding, aPlace } from "../makers.ts";

test("a secret is covered on its line, and every line of a longer one", () => {
  const text = 'user = "shop"\npassword = "s3cr3t"\nkey = """one\ntwo"""\n';
  const findings = [
    aFinding({ secret: aPlace({ line: 2, column: 13, endColumn: 19 }) }),
    aFinding({ secret: aPlace({ line: 3, endLine: 4, column: 10, endColumn: 4 }) }),
  ];

  const shown = hideSecrets(() => text, findings);

  expect(shown("app.py")).toBe('user = "shop"\npassword = "••••••"\nkey = """•••\n•••"""\n');
  expect(shown("other.py")).toBe(text);
});
