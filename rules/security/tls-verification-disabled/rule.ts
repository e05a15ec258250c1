// Whoever answers is believed: certificates or SSH host keys are not checked, or an old protocol is spoken.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  constantsOf,
  defineRule,
  enclosingNodes,
  entryOf,
  faultyCalls,
  hasSpread,
  isNamed,
  isOnly,
  pathsOf,
  quoteCode,
} from "#rule";
import { connectsUnprotected, databases } from "./databases.ts";
import { fixOfVerification } from "./fix.ts";
import { switches } from "./switches.ts";

const hostKeyPolicies = new Set(["AutoAddPolicy", "WarningPolicy"]);
const oldProtocols = new Set([
  ...["SSLv2", "SSLv3", "TLSv1", "TLSv1_1"].flatMap((name) => [name, `PROTOCOL_${name}`]),
  ...["SSLv2_METHOD", "SSLv3_METHOD", "TLSv1_METHOD", "TLSv1_1_METHOD", "MINIMUM_SUPPORTED"],
]);
/** Where a protocol is named: the parameter and its position. */
const protocols: ReadonlyMap<string, readonly [name: string, position: number]> = new Map([
  ["ssl.SSLContext", ["protocol", 0]],
  ["ssl.wrap_socket", ["ssl_version", 5]],
  ["ssl.SSLContext.minimum_version.__set__", ["value", 0]],
  ["ssl.SSLContext.maximum_version.__set__", ["value", 0]],
  ["OpenSSL.SSL.Context", ["method", 0]],
]);
/** Settings of a whole process, and the values that switch the checks off. */
const variables: ReadonlyMap<string, readonly string[]> = new Map([
  ["PYTHONHTTPSVERIFY", ["0"]],
  ["CURL_CA_BUNDLE", [""]],
  ["REQUESTS_CA_BUNDLE", [""]],
  ["GIT_SSL_NO_VERIFY", ["1", "true"]],
]);
const websockets = ["websocket.create_connection", "websocket.WebSocketApp.run_forever"];
const ldapOptions = ["ldap.set_option", "ldap.ldapobject.LDAPObject.set_option"];

export default defineRule({
  fix: fixOfVerification,
  watches: [
    ...switches.flatMap(({ paths }) => paths),
    ...protocols.keys(),
    ...websockets,
    ...ldapOptions,
    ...databases,
    "asyncssh.connect",
    "os.environ.__setitem__",
    "paramiko.SSHClient.set_missing_host_key_policy",
    "pysftp.CnOpts.hostkeys.__set__",
    "ssl._create_unverified_context",
    "ssl.wrap_socket",
  ],
  *check({ program, finding }) {
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
  },
});

function faultOf(call: CallEvent): string | undefined {
  const fault = faultIn(call);
  // Asked last: these read the code around, and hardly a call has a fault.
  return fault && (isServer(call) || goesHome(call) || isAskedFor(call)) ? undefined : fault;
}

function faultIn(call: CallEvent): string | undefined {
  if (connectsUnprotected(call))
    return "Nobody checks which database answers here, so whoever stands in between can read and change what is sent. Use `sslmode=verify-full`, or what your driver calls it, with your own CA.";
  return switchedOff(call) ?? unknownHost(call) ?? oldProtocol(call) ?? unverified(call);
}

function switchedOff(call: CallEvent): string | undefined {
  for (const { paths, name, position, isOff, advice } of switches) {
    if (!call.paths.some((path) => paths.includes(path))) continue;
    if (!isOff(argumentOfCall(call, name, position))) continue;
    // Python wants the name unchecked before the certificate is: one fault, told of once.
    if (name === "check_hostname" && /\bCERT_NONE\b/u.test(functionAround(call))) continue;
    return `${believes} In place of ${quoteCode(offending(call, name))}, ${advice}.`;
  }
  return undefined;
}

const believes =
  "Any certificate is accepted here, so whoever stands in between can read and change what is sent.";

/** `verify=False`, or the whole assignment. */
function offending(call: CallEvent, name: string): string {
  const given = call.arguments.keywords.get(name) ?? call.arguments.positional[0];
  if (call.arguments.keywords.has(name) && given) return `${name}=${codeOf(given.span)}`;
  return codeOf(call.span);
}

function unknownHost(call: CallEvent): string | undefined {
  const advice =
    "Load the known keys with `load_system_host_keys()` and refuse others with `paramiko.RejectPolicy()`.";
  if (has(call, "paramiko.SSHClient.set_missing_host_key_policy"))
    return isNamed(argumentOfCall(call, "policy", 0), hostKeyPolicies)
      ? `Every host key is accepted, so whoever answers gets the login. ${advice}`
      : undefined;
  const isOpen =
    (has(call, "pysftp.CnOpts.hostkeys.__set__") &&
      isOnly(argumentOfCall(call, "value", 0), null)) ||
    (has(call, "asyncssh.connect") && isOnly(argumentOfCall(call, "known_hosts"), null));
  return isOpen
    ? "No host key is checked, so whoever answers gets the login. Give the file of known hosts."
    : undefined;
}

function oldProtocol(call: CallEvent): string | undefined {
  for (const path of call.paths) {
    const [name, position] = protocols.get(path) ?? [];
    if (name === undefined) continue;
    const value = argumentOfCall(call, name, position);
    if (!isNamed(value, oldProtocols)) continue;
    const [protocol = ""] = pathsOf(value);
    return `${quoteCode(protocol)} is broken and can be read by others. Use \`ssl.create_default_context()\`, or at least \`ssl.TLSVersion.TLSv1_2\`.`;
  }
  return undefined;
}

function unverified(call: CallEvent): string | undefined {
  const instead = "Use `ssl.create_default_context()`.";
  if (has(call, "ssl._create_unverified_context")) {
    const reqs = argumentOfCall(call, "cert_reqs");
    return reqs && !isNone(reqs) ? undefined : `${believes} ${instead}`;
  }
  if (has(call, "ssl.wrap_socket")) {
    if (hasSpread(call)) return undefined;
    const reqs = argumentOfCall(call, "cert_reqs", 4);
    return reqs && !isNone(reqs) ? undefined : `${believes} ${instead}`;
  }
  if (websockets.some((path) => has(call, path))) {
    const options = argumentOfCall(call, "sslopt");
    const isOff =
      isNone(entryOf(call.objects, options, "cert_reqs")) ||
      isOnly(entryOf(call.objects, options, "check_hostname"), false);
    return isOff ? `${believes} Leave \`sslopt\` out, or give \`ca_certs\` in it.` : undefined;
  }
  if (ldapOptions.some((path) => has(call, path))) {
    const isCertificate = isNamed(argumentOfCall(call, "option", 0), requireCertificate);
    return isCertificate && isNamed(argumentOfCall(call, "invalue", 1), neverOrAllow)
      ? `${believes} Set \`OPT_X_TLS_DEMAND\`, and your own CA with \`OPT_X_TLS_CACERTFILE\`.`
      : undefined;
  }
  const [name, value] = call.arguments.positional;
  const offValues = variables.get(String(constantsOf(name?.value)[0]));
  return offValues && isOnly(value?.value, ...offValues)
    ? `This switches the check of certificates off for the whole process: whoever stands in between can read and change what is sent. Remove ${quoteCode(codeOf(call.span))}.`
    : undefined;
}

const requireCertificate = new Set(["OPT_X_TLS_REQUIRE_CERT"]);
const neverOrAllow = new Set(["OPT_X_TLS_NEVER", "OPT_X_TLS_ALLOW"]);
const noneNames = new Set(["CERT_NONE"]);

function isNone(value: ReturnType<typeof argumentOfCall>): boolean {
  return isOnly(value, 0, "CERT_NONE") || isNamed(value, noneNames);
}

/** A server does not ask its visitors for certificates. */
function isServer(call: CallEvent): boolean {
  if (!call.paths.some((path) => path.startsWith("ssl."))) return false;
  if (isOnly(argumentOfCall(call, "server_side"), true)) return true;
  return /\b(?:CLIENT_AUTH|PROTOCOL_TLS_SERVER)\b/u.test(functionAround(call));
}

/** Under `if insecure:` somebody else has decided, and knows. */
function isAskedFor(call: CallEvent): boolean {
  return enclosingNodes(call.span).some(
    (node) =>
      node.kind === "if" &&
      node.branches.some(({ test }) =>
        /insecure|verif|validat|skip|self_?signed|unsafe/iu.test(
          codeOf({ ...call.span, start: test.start, end: test.end }),
        ),
      ),
  );
}

/** To the machine itself there is no in between. */
function goesHome(call: CallEvent): boolean {
  const addresses = call.arguments.positional.flatMap(({ value }) => [
    ...constantsOf(value),
    ...(value.prefix === undefined ? [] : [value.prefix]),
  ]);
  return addresses.some(
    (address) =>
      typeof address === "string" &&
      /^[a-z+]+:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?:[:/]|$)/iu.test(address),
  );
}

function functionAround(call: CallEvent): string {
  const around = enclosingNodes(call.span).findLast(({ kind }) => kind === "function");
  return around ? codeOf({ ...call.span, start: around.start, end: around.end }) : call.module.text;
}

function has(call: CallEvent, path: string): boolean {
  return call.paths.includes(path);
}
