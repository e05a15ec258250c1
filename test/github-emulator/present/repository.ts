// A repository as the API shows it: whole, in short, and as webhooks carry it.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import type { Repository } from "../world.ts";
import { fullName, nodeId } from "../world.ts";
import { presentUser } from "./people.ts";

/** The shape called `repository` and `minimal-repository` in the description. */
export function presentRepository(scene: Scene, repository: Repository) {
  const name = fullName(repository);
  const api = `${scene.urls.api}/repos/${name}`;
  const html = `${scene.urls.html}/${name}`;
  const host = new URL(scene.urls.html).host;
  const created = timestamp(repository.createdAt);
  const open = [...repository.pullRequests.values()].filter((each) => each.state === "open").length;
  const links = Object.fromEntries(
    Object.entries(linkSuffixes).map(([key, suffix]) => [key, `${api}${suffix}`]),
  ) as Record<keyof typeof linkSuffixes, string>;
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: name,
    private: repository.isPrivate,
    owner: presentUser(scene, repository.owner),
    html_url: html,
    description: null,
    fork: repository.parent !== undefined,
    url: api,
    ...links,
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: "Python",
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 1,
    default_branch: repository.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    visibility: repository.isPrivate ? "private" : "public",
    pushed_at: created,
    created_at: created,
    updated_at: created,
  };
}

export function presentFullRepository(scene: Scene, repository: Repository): object {
  const { parent } = repository;
  return {
    ...presentRepository(scene, repository),
    ...(parent && {
      parent: presentRepository(scene, parent),
      source: presentRepository(scene, parent),
    }),
    network_count: 0,
    subscribers_count: 0,
  };
}

/** As check suites carry it. */
export function presentMinimalRepository(scene: Scene, repository: Repository) {
  const { license: _, ...rest } = presentRepository(scene, repository);
  return rest;
}

const linkSuffixes = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
} as const;
