// Where the App is installed: put on a repository, taken off, suspended; and a repository's new name.

import type { Stage } from "../call.ts";
import { presentInstallation } from "../present/people.ts";
import type { Installation, Repository } from "../world.ts";
import { fullName, installationOf, nodeId } from "../world.ts";
import { installOn } from "./repository.ts";

export interface Installer {
  /** Installs the App on a repository and tells it so. */
  install(name: string): void;
  /** Takes a repository out of the installation; with the last one, the whole ends. */
  uninstall(name: string): void;
  setSuspended(name: string, isSuspended: boolean): void;
  renameRepository(name: string, newName: string): void;
}

/** `at` finds a repository by `owner/name`. */
export function createInstaller(stage: Stage, at: (name: string) => Repository): Installer {
  const { world } = stage;
  const required = (repository: Repository): Installation => {
    const found = installationOf(world, repository);
    if (!found) throw new Error(`the App is not installed on ${fullName(repository)}`);
    return found;
  };
  const tellWhole = (installation: Installation, action: string, repositories: Repository[]) => {
    const lists = ["created", "deleted"].includes(action);
    stage.webhooks.announce({
      event: "installation",
      action,
      sender: installation.account,
      installation,
      payload: {
        installation: presentInstallation(stage, installation),
        ...(lists && { repositories: repositories.map(inShort) }),
        ...(action === "created" && { requester: null }),
      },
    });
  };
  const tellPart = (installation: Installation, action: "added" | "removed", of: Repository) => {
    stage.webhooks.announce({
      event: "installation_repositories",
      action,
      sender: installation.account,
      installation,
      payload: {
        installation: presentInstallation(stage, installation),
        repository_selection: "selected",
        repositories_added: action === "added" ? [inShort(of)] : [],
        repositories_removed: action === "removed" ? [inShort(of)] : [],
        requester: null,
      },
    });
  };
  return {
    install(name) {
      const repository = at(name);
      const isNew = ![...world.installations.values()].some(
        (each) => each.account === repository.owner,
      );
      const installation = installOn(stage, repository);
      if (isNew) tellWhole(installation, "created", [repository]);
      else tellPart(installation, "added", repository);
    },
    uninstall(name) {
      const repository = at(name);
      const installation = required(repository);
      installation.repositories.delete(repository.id);
      if (installation.repositories.size > 0) {
        tellPart(installation, "removed", repository);
        return;
      }
      world.installations.delete(installation.id);
      tellWhole(installation, "deleted", [repository]);
    },
    setSuspended(name, isSuspended) {
      const installation = required(at(name));
      installation.suspendedAt = isSuspended ? world.now() : undefined;
      tellWhole(installation, isSuspended ? "suspend" : "unsuspend", []);
    },
    renameRepository(name, newName) {
      const repository = at(name);
      world.repositories.delete(fullName(repository).toLowerCase());
      const changes = { repository: { name: { from: repository.name } } };
      repository.name = newName;
      world.repositories.set(fullName(repository).toLowerCase(), repository);
      const sender = repository.owner;
      const payload = { changes };
      stage.webhooks.announce({
        event: "repository",
        action: "renamed",
        sender,
        repository,
        payload,
      });
    },
  };
}

function inShort(repository: Repository) {
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
  };
}
