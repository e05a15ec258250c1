// "Re-run" was pressed on our check, or "Re-run all checks": review again; or "Show config". GitHub
// shows these buttons only to people who may write.

import type { Probot } from "probot";
import type { Place } from "../../jobs/ask.ts";
import { readExternalId } from "../external-id.ts";
import type { Inbox } from "./inbox.ts";
import { placeOf } from "./place-of.ts";

export function rerunCheck(probot: Probot, inbox: Inbox): void {
  probot.on("check_run.rerequested", async ({ id, payload }) => {
    const {
      app,
      head_sha: head,
      pull_requests: pulls,
      external_id: externalId,
    } = payload.check_run;
    const place = placeOf(payload);
    if (place === undefined || app?.id !== inbox.appId) return;
    await submit(id, place, head, readExternalId(externalId) ?? theOnly(pulls, place));
  });

  probot.on("check_suite.rerequested", async ({ id, payload }) => {
    const { app, head_sha: head, pull_requests: pulls } = payload.check_suite;
    const place = placeOf(payload);
    if (place === undefined || app.id !== inbox.appId) return;
    await submit(id, place, head, theOnly(pulls, place));
  });

  probot.on("check_run.requested_action", async ({ id, payload }) => {
    const { check_run: run, requested_action: pressed } = payload;
    const place = placeOf(payload);
    if (place === undefined || run.app?.id !== inbox.appId) return;
    if (pressed?.identifier === "config") {
      await inbox.submit(id, { kind: "show-config", place, run: run.id });
    } else if (pressed?.identifier === "rerun") {
      const number = readExternalId(run.external_id) ?? theOnly(run.pull_requests, place);
      await submit(id, place, run.head_sha, number);
    }
  });

  async function submit(delivery: string, place: Place, head: string, number: number | undefined) {
    await inbox.submit(
      delivery,
      number === undefined ? { kind: "commit", place, head } : { kind: "review", place, number },
    );
  }
}

interface Listed {
  readonly number: number;
  readonly base: { readonly repo: { readonly id: number } };
}

/** The list is empty for forks, and may hold pull requests from here into another repository. */
function theOnly(pulls: readonly (Listed | null)[], place: Place): number | undefined {
  const ours = pulls.filter((pull) => pull?.base.repo.id === place.repositoryId);
  return ours.length === 1 ? ours[0]?.number : undefined;
}
