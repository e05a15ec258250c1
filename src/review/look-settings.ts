// What a team wants to hear of in a change: which files are left out, and which findings.

import type { Engine } from "../analysis/analyze.ts";
import type { ChangedFile, ChangeSet } from "./change-set.ts";
import type { Config } from "./config.ts";
import { enforcedMode, findingModes } from "./finding-mode.ts";
import { reviewedFiles } from "./is-reviewed-file.ts";
import { type LeftOutFile, leftOutBy } from "./left-out.ts";
import type { LookSettings } from "./look.ts";
import { pathPatterns } from "./path-patterns.ts";

export interface ChangeSettings {
  isReviewed(path: string): boolean;
  /** Changed files, by path at the head, that the team wants to hear nothing of. */
  readonly leftOut: ReadonlyMap<string, LeftOutFile["kind"]>;
  readonly settings: LookSettings;
}

/**
 * Settings for one change. Manifests that name a vulnerable package are looked at whoever wrote them
 * and whatever the team says of secrets, but of those that are not reviewed otherwise only that is told.
 */
export function settingsForChange(
  change: ChangeSet,
  config: Config,
  { rulebook }: Engine,
): ChangeSettings {
  const ofManifests = new Set(
    rulebook.entries.flatMap(({ page, rule }) => (rule.readsDependencies ? [page.name] : [])),
  );
  const advised = advisedManifests(change);
  const isReviewedAnyway = reviewedFiles(config.secretFiles);
  const isReviewed = (path: string) => isReviewedAnyway(path) || advised.has(path);
  const leftOut = findLeftOut(
    change.files.filter(({ path }) => isReviewed(path)),
    config,
    advised,
  );
  const modeOf = findingModes(config);
  const { enforced } = config;
  const isTheirs = pathPatterns(config.leaveOut.enforcedPaths);
  const isLeftOut = leftOutBy(config.leaveOut);
  return {
    isReviewed,
    leftOut,
    settings: {
      suppressions: config.suppressions,
      isWanted(finding) {
        if (modeOf(finding) === "off") return false;
        const { path } = finding.place;
        const isOfManifest = ofManifests.has(finding.rule);
        if (!isOfManifest && !isReviewedAnyway(path)) return false;
        const kind = leftOut.get(path) ?? isLeftOut({ path, text: undefined });
        if (kind === undefined || (isOfManifest && kind === "generated")) return true;
        const demanded = enforced === undefined ? undefined : enforcedMode(finding, enforced);
        return demanded !== undefined && demanded !== "off" && !isTheirs(path);
      },
    },
  };
}

function findLeftOut(
  changed: readonly ChangedFile[],
  config: Config,
  advised: ReadonlySet<string>,
): ReadonlyMap<string, LeftOutFile["kind"]> {
  const kindOf = leftOutBy(config.leaveOut);
  return new Map(
    changed.flatMap(({ path, headText, baseText }) => {
      const kind = kindOf({ path, text: headText, before: baseText });
      // A lock file is always written by a program.
      const isLookedAt = kind === "generated" && advised.has(path);
      return kind === undefined || isLookedAt ? [] : [[path, kind] as const];
    }),
  );
}

/** Paths of the manifests in which a vulnerable package is named anew. */
function advisedManifests({ dependencies }: ChangeSet): ReadonlySet<string> {
  if (dependencies === undefined || dependencies === "unanswered") return new Set();
  return new Set(
    dependencies.flatMap(({ kind, manifest, advisories }) =>
      kind === "added" && advisories.length > 0 ? [manifest] : [],
    ),
  );
}
