// Writing to a repository step by step, as the Git database API has it: a tree, a commit on it, a branch that
// moves there. https://docs.github.com/en/rest/git

import { z } from "zod";
import type { Routes } from "../call.ts";
import { apiOf } from "../call.ts";
import { pushTo } from "../deeds/pull-request.ts";
import { git, isAncestor, makeTree, readCommits, readTree, resolveCommit } from "../git.ts";
import { presentCommit, presentGitCommit } from "../present/commit.ts";
import { notFound, Refusal } from "../refusal.ts";
import { fullName, nodeId } from "../world.ts";

const treeBody = z.object({
  base_tree: z.string().optional(),
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.literal("blob"), content: z.string() }),
  ),
});
const commitBody = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).length(1),
});
const refBody = z.object({ sha: z.string(), force: z.boolean().optional() });

export const writingRoutes: Routes = {
  "repos/get-branch": async (call) => {
    const { repository, params } = call;
    const name = params.branch ?? "";
    const sha = await resolveCommit(repository.git, `refs/heads/${name}`);
    const [commit] = sha ? await readCommits(repository.git, sha, 1) : [];
    if (!commit) throw notFound();
    const self = `${apiOf(call)}/branches/${name}`;
    const html = `${call.urls.html}/${fullName(repository)}/tree/${name}`;
    return {
      body: {
        name,
        commit: presentCommit(call, repository, commit),
        _links: { self, html },
        protected: repository.protectedBranches.has(name),
        protection: { enabled: repository.protectedBranches.has(name) },
        protection_url: `${self}/protection`,
      },
    };
  },

  "git/create-tree": async (call) => {
    const { base_tree: base, tree: wanted } = treeBody.parse(call.body);
    if (base !== undefined && (await readTree(call.repository.git, base, false)) === undefined) {
      throw unprocessable("base_tree is not a valid tree oid");
    }
    const sha = await makeTree(call.repository.git, base, wanted);
    const entries = (await readTree(call.repository.git, sha, false)) ?? [];
    const url = `${apiOf(call)}/git/trees/${sha}`;
    const tree = entries.map(({ path, mode, type, sha, size }) => ({
      ...{ path, mode, type, sha },
      ...(size === undefined ? {} : { size }),
    }));
    return { status: 201, body: { sha, url, tree, truncated: false } };
  },

  "git/create-commit": async (call) => {
    const { message, tree, parents } = commitBody.parse(call.body);
    const [parent = ""] = parents;
    const isKnown =
      (await resolveCommit(call.repository.git, parent)) === parent &&
      (await readTree(call.repository.git, tree, false)) !== undefined;
    if (!isKnown) throw unprocessable("Tree SHA does not exist");
    const { bot } = call.world.app;
    const seconds = Math.floor(call.world.now().getTime() / 1000);
    // GitHub's own description has no room for the brackets of a bot's login in an address.
    const email = `${bot.id}+${bot.login.replace(/\W/gu, "-")}@users.noreply.github.com`;
    const lines = [
      `tree ${tree}`,
      `parent ${parent}`,
      `author ${bot.login} <${email}> ${seconds} +0000`,
      `committer GitHub <noreply@github.com> ${seconds} +0000`,
    ];
    const object = `${lines.join("\n")}\n\n${message}`;
    const made = await git(
      call.repository.git,
      ["hash-object", "-t", "commit", "-w", "--stdin"],
      object,
    );
    const sha = made.toString().trim();
    const [commit] = await readCommits(call.repository.git, sha, 1);
    if (!commit) throw notFound();
    return { status: 201, body: presentGitCommit(call, call.repository, commit) };
  },

  "git/update-ref": async (call) => {
    const { repository } = call;
    const { sha, force = false } = refBody.parse(call.body);
    const ref = `refs/${call.params.ref}`;
    const branch = /^refs\/heads\/(.+)$/u.exec(ref)?.[1];
    const now = await resolveCommit(repository.git, ref);
    if (branch === undefined || now === undefined) throw unprocessable("Reference does not exist");
    if ((await resolveCommit(repository.git, sha)) !== sha) {
      throw unprocessable("Object does not exist");
    }
    if (repository.protectedBranches.has(branch)) {
      throw unprocessable("Changes must be made through a pull request.");
    }
    if (!force && !(await isAncestor(repository.git, now, sha))) {
      return {
        status: 422,
        body: {
          message: "Update is not a fast forward",
          documentation_url: "https://docs.github.com/rest/git/refs#update-a-reference",
        },
      };
    }
    await pushTo(call, repository, { branch, onto: sha, by: call.world.app.bot });
    const url = `${apiOf(call)}/git/commits/${sha}`;
    return {
      body: {
        ...{ ref, node_id: nodeId("REF", repository.id), url: `${apiOf(call)}/git/${ref}` },
        object: { sha, type: "commit", url },
      },
    };
  },
};

function unprocessable(message: string): Refusal {
  return new Refusal(422, { message, documentation_url: "https://docs.github.com/rest/git" });
}
