// What a person of a role may do, as the end of a sentence: "people who may write here".

import type { Role } from "../review/config.ts";

export const roleWords: Readonly<Record<Role, string>> = {
  read: "read",
  triage: "triage",
  write: "write",
  maintain: "maintain",
  admin: "administer",
};
