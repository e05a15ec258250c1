// Writes `schema/pyward.schema.json`, which editors use to help with `.github/pyward.yml`.

import { mkdir, writeFile } from "node:fs/promises";
import { configJsonSchema } from "../src/review/config-file.ts";

const folder = new URL("../schema/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("pyward.schema.json", folder), configJsonSchema());
