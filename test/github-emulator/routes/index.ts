// Everything the emulator can do over REST, by GitHub's own names of the operations.

import type { Routes } from "../call.ts";
import { appRoutes } from "./app.ts";
import { checkRoutes } from "./checks.ts";
import { codeScanningRoutes } from "./code-scanning.ts";
import { commentRoutes } from "./comments.ts";
import { contentsRoutes } from "./contents.ts";
import { dependencyRoutes } from "./dependencies.ts";
import { metaRoutes } from "./meta.ts";
import { pullRequestRoutes } from "./pull-requests.ts";
import { reviewRoutes } from "./reviews.ts";
import { writingRoutes } from "./writing.ts";

export const routes: Routes = {
  ...appRoutes,
  ...metaRoutes,
  ...contentsRoutes,
  ...dependencyRoutes,
  ...pullRequestRoutes,
  ...reviewRoutes,
  ...commentRoutes,
  ...checkRoutes,
  ...codeScanningRoutes,
  ...writingRoutes,
};
