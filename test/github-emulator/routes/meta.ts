// Small questions: who someone is, what they may do, how many requests are left.

import type { Answer, Call, Routes } from "../call.ts";
import { timestamp } from "../call.ts";
import { presentUser } from "../present/people.ts";
import { notFound } from "../refusal.ts";
import type { Role, User } from "../world.ts";
import { roleOf } from "../world.ts";

export const metaRoutes: Routes = {
  "repos/get-collaborator-permission-level": (call) => {
    const user = addressed(call);
    const role = roleOf(call.repository, user.login);
    return {
      body: {
        permission: oldNames[role],
        role_name: role,
        user: {
          ...presentUser(call, user),
          permissions: rightsOf(role),
          role_name: role,
        },
      },
    };
  },

  "users/get-by-username": (call): Answer => {
    const user = addressed(call);
    const made = timestamp(call.world.app.createdAt);
    return {
      body: {
        ...presentUser(call, user),
        name: null,
        company: null,
        blog: "",
        location: null,
        email: null,
        hireable: null,
        bio: null,
        twitter_username: null,
        public_repos: 0,
        public_gists: 0,
        followers: 0,
        following: 0,
        created_at: made,
        updated_at: made,
      },
    };
  },

  "meta/get": () => ({ body: { verifiable_password_authentication: false } }),
};

/** `permission` knows the old names only; `role_name` tells the truth. */
const oldNames: Readonly<Record<Role, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

function rightsOf(role: Role) {
  const order: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
  const atLeast = (least: Role) => order.indexOf(role) >= order.indexOf(least);
  return {
    pull: atLeast("read"),
    triage: atLeast("triage"),
    push: atLeast("write"),
    maintain: atLeast("maintain"),
    admin: atLeast("admin"),
  };
}

function addressed(call: Call): User {
  const found = call.world.users.get((call.params.username ?? "").toLowerCase());
  if (!found) throw notFound();
  return found;
}
