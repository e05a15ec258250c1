// Migrations that follow the same one, and that none brings together again: which runs next?

import type { Program } from "../program.ts";
import { migrationsOf } from "./migrations.ts";
import type { MigrationFile } from "./step.ts";

/** The others; none for a migration that has more followers than they, since it was there first. */
export function rivalsOf(program: Program, file: MigrationFile): readonly MigrationFile[] {
  const { files, nextOf, followersOf } = migrationsOf(program);
  const ownHistory = files.filter(
    ({ history, library }) => history === file.history && library === file.library,
  );
  // Squashed migrations stand beside those that they replace; branches are meant.
  if (file.isBranch || ownHistory.some(({ module }) => /^\s+replaces\s*=/mu.test(module.text)))
    return [];
  const reach = reachOf(file, nextOf);
  return ownHistory.filter(
    (other) =>
      other !== file &&
      !other.isBranch &&
      other.after.some((name) => file.after.includes(name)) &&
      followersOf(file) <= followersOf(other) &&
      reachOf(other, nextOf).isDisjointFrom(reach),
  );
}

function reachOf(
  file: MigrationFile,
  nextOf: (file: MigrationFile) => readonly MigrationFile[],
): ReadonlySet<MigrationFile> {
  const reach = new Set([file]);
  for (const each of reach) for (const next of nextOf(each)) reach.add(next);
  return reach;
}
