// Code scanning: takes an analysis as SARIF for the tip of a branch or of a pull request. What comes
// for the same ref, tool and category replaces what was there.
// https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Answer, Call, Routes } from "../call.ts";
import { apiOf } from "../call.ts";
import { resolveCommit } from "../git.ts";
import { validationFailed } from "../refusal.ts";
import type { CodeScanningAnalysis } from "../world.ts";

export const codeScanningRoutes: Routes = { "code-scanning/upload-sarif": uploadSarif };

const documentation_url =
  "https://docs.github.com/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data";

/** GitHub takes 10 MB of compressed data, and so many results of a run. */
const largestUpload = 10_000_000;
const mostResults = 25_000;

async function uploadSarif(call: Call): Promise<Answer> {
  const { repository } = call;
  if (!repository.hasCodeScanning) {
    const message = "Advanced Security must be enabled for this repository to use code scanning.";
    return { status: 403, body: { message, documentation_url } };
  }
  const body = call.body as { commit_sha: string; ref: string; sarif: string };
  if ((await resolveCommit(repository.git, body.ref)) !== body.commit_sha) {
    throw refuse("commit_sha", `${body.commit_sha} is not the tip of ${body.ref}`);
  }
  const compressed = Buffer.from(body.sarif, "base64");
  if (compressed.length > largestUpload) {
    return { status: 413, body: { message: "The SARIF file is too large.", documentation_url } };
  }
  const log = readLog(compressed);
  for (const { tool, automationDetails, results = [] } of log.runs) {
    if (results.length > mostResults) throw refuse("sarif", "too many results in a run");
    const analysis: CodeScanningAnalysis = {
      ...{ ref: body.ref, commit: body.commit_sha, tool: tool.driver.name },
      category: automationDetails?.id ?? "",
      results: results.map((each) => ({
        rule: each.ruleId ?? "",
        path: each.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "",
        line: each.locations?.[0]?.physicalLocation?.region?.startLine ?? 0,
        fingerprint: each.partialFingerprints?.primaryLocationLineHash ?? "",
      })),
    };
    const isReplaced = ({ ref, tool: name, category }: CodeScanningAnalysis) =>
      ref === analysis.ref && name === analysis.tool && category === analysis.category;
    const others = repository.analyses.filter((each) => !isReplaced(each));
    repository.analyses.splice(0, repository.analyses.length, ...others, analysis);
  }
  const id = `${call.world.nextId()}`;
  return { status: 202, body: { id, url: `${apiOf(call)}/code-scanning/sarifs/${id}` } };
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string } };
    readonly automationDetails?: { readonly id?: string };
    readonly results?: readonly {
      readonly ruleId?: string;
      readonly locations?: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation?: { readonly uri?: string };
          readonly region?: { readonly startLine?: number };
        };
      }[];
      readonly partialFingerprints?: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** Of SARIF GitHub takes what the schema of 2.1.0 allows, and asks each result for a place. */
function readLog(compressed: Buffer): Log {
  let log: unknown;
  try {
    log = JSON.parse(gunzipSync(compressed).toString());
  } catch {
    throw refuse("sarif", "is not valid base64 of gzip of JSON");
  }
  isSarif ??= compileSchema();
  if (!isSarif(log)) throw refuse("sarif", JSON.stringify(isSarif.errors?.slice(0, 3)));
  const known = log as Log;
  const isPlaced = known.runs.every(({ results = [] }) =>
    results.every(({ locations = [] }) => locations.length > 0),
  );
  if (!isPlaced) throw refuse("sarif", "expected at least one location");
  return known;
}

let isSarif: ReturnType<typeof compileSchema> | undefined;

function compileSchema() {
  const path = new URL("../../fixtures/sarif-2.1.0.schema.json", import.meta.url);
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, "utf8")));
}

function refuse(field: string, message: string) {
  return validationFailed({ resource: "CodeScanning", field, code: "custom", message });
}
