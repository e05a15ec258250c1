// Writes `docs/other-tools.md` from `rules/other-tools.yaml`.

import { writeFile } from "node:fs/promises";
import { readOtherTools, readRulebook } from "../src/read-rulebook.ts";
import { otherToolsMarkdown } from "../src/render/other-tools.ts";

const text = otherToolsMarkdown(await readOtherTools(), await readRulebook());
await writeFile(new URL("../docs/other-tools.md", import.meta.url), text);
