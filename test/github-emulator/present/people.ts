// Users, the App and its installations as the API shows them.

import type { Scene } from "../call.ts";
import { timestamp } from "../call.ts";
import type { Installation, PullRequest, Repository, User } from "../world.ts";
import { nodeId, roleOf } from "../world.ts";

export function presentUser({ urls }: Scene, user: User) {
  const name = encodeURIComponent(user.login);
  const url = `${urls.api}/users/${name}`;
  const isBot = user.type === "Bot";
  const page = isBot ? `apps/${encodeURIComponent(user.login.replace("[bot]", ""))}` : name;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(isBot ? "BOT" : user.type === "User" ? "U" : "O", user.id),
    avatar_url: `${urls.html}/avatars/u/${user.id}`,
    gravatar_id: "",
    url,
    html_url: `${urls.html}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function presentApp(scene: Scene) {
  const { app } = scene.world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("A", app.id),
    client_id: `Iv23emulated${app.id}`,
    owner: presentUser(scene, app.owner),
    name: app.name,
    description: "",
    external_url: scene.urls.html,
    html_url: `${scene.urls.html}/apps/${app.slug}`,
    created_at: timestamp(app.createdAt),
    updated_at: timestamp(app.createdAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function presentInstallation(scene: Scene, installation: Installation) {
  const { app } = scene.world;
  const { account } = installation;
  return {
    id: installation.id,
    account: presentUser(scene, account),
    repository_selection: "selected",
    access_tokens_url: `${scene.urls.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${scene.urls.api}/installation/repositories`,
    html_url: `${scene.urls.html}/settings/installations/${installation.id}`,
    app_id: app.id,
    client_id: `Iv23emulated${app.id}`,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: timestamp(installation.createdAt),
    updated_at: timestamp(installation.createdAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt ? presentUser(scene, account) : null,
    suspended_at: installation.suspendedAt ? timestamp(installation.suspendedAt) : null,
  };
}

/** How GitHub calls the author of something in a repository. */
export function associationOf(
  repository: Repository,
  user: User,
  pullRequest?: PullRequest,
): "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR" | "NONE" {
  if (user.type === "Bot") return "NONE";
  if (user.login === repository.owner.login) return "OWNER";
  const hasRole = repository.roles.has(user.login.toLowerCase());
  if (hasRole && roleOf(repository, user.login) !== "none") {
    return repository.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
  }
  return pullRequest?.author === user ? "CONTRIBUTOR" : "NONE";
}
