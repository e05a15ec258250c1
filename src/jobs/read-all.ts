// All that one review is made of, read side by side.

import { isManifest } from "../analysis/dependencies/manifest.ts";
import type { GitHubClient } from "../github/client.ts";
import { readChangeSet } from "../github/read-change-set.ts";
import { askForConfig, type FoundConfig } from "../github/read-config.ts";
import { readDependencies } from "../github/read-dependencies.ts";
import { askForProject } from "../github/read-project.ts";
import type { ChangeSet, Project } from "../review/change-set.ts";
import type { Target } from "./review-target.ts";
import type { Tools } from "./tools.ts";

export interface ReadReview {
  readonly change: ChangeSet;
  readonly project: Project;
  readonly found: FoundConfig;
}

/** The change, what it is understood by, and the config: the texts of all of them in one request. */
export async function readAll(
  client: GitHubClient,
  target: Target,
  tools: Tools,
): Promise<ReadReview> {
  const { place, head } = target;
  const code = tools.code.of(place);
  const config = askForConfig(client, place, target, tools.configWords);
  const around = askForProject({ client, place, head, code, log: tools.log });
  const known = { code, log: tools.log };
  let configFiles = 0;
  let asking: ReturnType<typeof readDependencies> | undefined;
  const read = await readChangeSet(client, place, target, known, async (paths) => {
    if ([...paths.present, ...paths.gone].some(isManifest)) {
      asking = readDependencies(client, place, target, tools.log);
    }
    const ofConfig = config.wanted(paths.present);
    configFiles = ofConfig.length;
    const { blobs, links } = await around.wanted(paths);
    return { blobs: [...ofConfig, ...blobs], links };
  });
  const [found, project, dependencies] = await Promise.all([
    config.answer(read.beside.slice(0, configFiles)),
    around.answer(read.change),
    asking,
  ]);
  const change = dependencies === undefined ? read.change : { ...read.change, dependencies };
  return { change, project, found };
}
