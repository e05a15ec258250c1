// Text from outside becomes part of an LDAP filter, or of the name a search starts from, without being escaped.

import { taintRule } from "#rule";

export default taintRule({
  from: ["http-input", "network-data"],
  into: ["ldap"],
  message: ({ source, sink, call }) =>
    `${source} becomes part of what ${sink} searches for, so whoever sends it can match any entry. Escape it with ${escapeOf(call)}.`,
});

/** The function that escapes, by library. */
function escapeOf(call: string): string {
  return call.startsWith("ldap3.")
    ? "`ldap3.utils.conv.escape_filter_chars`, in a name with `ldap3.utils.dn.escape_rdn`"
    : "`ldap.filter.escape_filter_chars`, in a name with `ldap.dn.escape_dn_chars`";
}
