// The App was taken off an account or a repository, or the repository is gone: what we stored of it
// is deleted. GitHub sends these events to every App.

import type { Probot } from "probot";
import type { Inbox } from "./inbox.ts";

export function forgetInstallation(probot: Probot, inbox: Inbox): void {
  probot.on("installation.deleted", async ({ id, payload }) => {
    await inbox.submit(id, { kind: "forget", installation: payload.installation.id });
  });

  probot.on("installation_repositories.removed", async ({ id, payload }) => {
    const repositories = payload.repositories_removed.flatMap((each) => each.id ?? []);
    const { id: installation } = payload.installation;
    await inbox.submit(id, { kind: "forget", installation, repositories });
  });

  probot.on("repository.deleted", async ({ id, payload }) => {
    const { installation, repository } = payload;
    if (installation === undefined) return;
    const repositories = [repository.id];
    await inbox.submit(id, { kind: "forget", installation: installation.id, repositories });
  });
}
