// Dependency review: the packages that manifests of Python name at the two ends of a range, with the
// advisories that were published of them.
// https://docs.github.com/en/rest/dependency-graph/dependency-review

import type { Answer, Call, Routes } from "../call.ts";
import { mergeBase, readObjects, readTree, resolveCommit } from "../git.ts";
import { notFound } from "../refusal.ts";
import type { Repository } from "../world.ts";

export const dependencyRoutes: Routes = { "dependency-graph/diff-range": diffRange };

async function diffRange(call: Call): Promise<Answer> {
  const { repository, world } = call;
  if (!repository.hasDependencyReview) {
    const message =
      "Dependency review is not supported on this repository. Please ensure that Dependency graph is enabled along with GitHub Advanced Security on private repositories.";
    const documentation_url =
      "https://docs.github.com/rest/dependency-graph/dependency-review#get-a-diff-of-the-dependencies-between-commits";
    return { status: 403, body: { message, documentation_url } };
  }
  const [baseLabel = "", headLabel = ""] = (call.params.basehead ?? "").split("...");
  const base = await resolveCommit(repository.git, baseLabel);
  const head = await resolveCommit(repository.git, headLabel);
  const meeting = base && head && (await mergeBase(repository.git, base, head));
  if (!meeting || !head) throw notFound();
  const before = await packagesAt(repository, meeting);
  const after = await packagesAt(repository, head);
  const known = new Set(before.map(keyOf));
  const now = new Set(after.map(keyOf));
  const show = (kind: "added" | "removed") => (named: NamedPackage) => ({
    change_type: kind,
    manifest: named.manifest,
    ecosystem: "pip",
    name: named.name,
    version: named.version,
    package_url: `pkg:pypi/${named.name}@${named.version}`,
    license: null,
    source_repository_url: null,
    scope: named.manifest.includes("dev") ? "development" : "runtime",
    vulnerabilities: world.advisories
      .filter(({ name, versions }) => name === named.name && versions.includes(named.version))
      .map(({ id, severity, summary }) => ({
        severity,
        advisory_ghsa_id: id,
        advisory_summary: summary,
        advisory_url: `https://github.com/advisories/${id}`,
      })),
  });
  return {
    body: [
      ...after.filter((each) => !known.has(keyOf(each))).map(show("added")),
      ...before.filter((each) => !now.has(keyOf(each))).map(show("removed")),
    ],
  };
}

interface NamedPackage {
  readonly manifest: string;
  readonly name: string;
  readonly version: string;
}

function keyOf({ manifest, name, version }: NamedPackage): string {
  return `${manifest} ${name} ${version}`;
}

/** Of requirements `name==1.0`, and of locks `name = "x"` above `version = "1.0"`. */
async function packagesAt({ git }: Repository, commit: string): Promise<readonly NamedPackage[]> {
  const paths = ((await readTree(git, commit, true)) ?? []).flatMap(({ type, path }) =>
    type === "blob" && /requirements[^/]*\.txt$|\.lock$/u.test(path) ? [path] : [],
  );
  const objects = await readObjects(
    git,
    paths.map((path) => `${commit}:${path}`),
  );
  return paths.flatMap((manifest, index) => {
    const text = objects[index]?.bytes.toString() ?? "";
    const pinned = text.matchAll(
      /^([\w.-]+)(?:\[[^\]]*\])?\s*==\s*([\w.]+)|^name = "([^"]+)"\nversion = "([^"]+)"/gmu,
    );
    return Array.from(pinned, ([, name, version, lockedName, lockedVersion]) => ({
      manifest,
      name: name ?? lockedName ?? "",
      version: version ?? lockedVersion ?? "",
    }));
  });
}
