// Where an event happened, as the work that follows needs to know it.

import type { Place } from "../../jobs/ask.ts";

interface Payload {
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string };
  };
}

/** `undefined` where the event came without an installation: then we may do nothing there. */
export function placeOf({ installation, repository }: Payload): Place | undefined {
  if (installation === undefined) return undefined;
  return {
    installation: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    repo: repository.name,
  };
}
