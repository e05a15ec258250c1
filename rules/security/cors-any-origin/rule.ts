// Any other site may read, with the visitor's own login, what this one answers.

import {
  addsMiddleware,
  argumentOfCall,
  type CallEvent,
  constantsOf,
  defineRule,
  entryOf,
  faultyCalls,
  flaskSettingPaths,
  isOnly,
  itemsOf,
  middlewareCalls,
  type RuleContext,
  runsInProduction,
  settingsNamed,
  settingsOf,
  type Value,
} from "#rule";
import { corsHeadersIn, isEcho } from "./header-writes.ts";

const middleware = "starlette.middleware.cors.CORSMiddleware";
const flaskCors = ["flask_cors.CORS", "flask_cors.CORS.init_app", "flask_cors.cross_origin"];
const risk =
  "any site that a visitor opens can read and do here what the visitor can, with their own cookies";
const advice = "Name the origins that may";

export default defineRule({
  watches: [...flaskSettingPaths, ...middlewareCalls, middleware, ...flaskCors],
  *check(context) {
    const { program, finding } = context;
    for (const { span } of faultyCalls(program.calls, (call) => isOpenStarlette(call) || undefined))
      yield finding(span, `With these credentials ${risk}. ${advice} in \`allow_origins\`.`);
    for (const { span } of faultyCalls(program.calls, (call) => isOpenFlask(call) || undefined))
      yield finding(
        span,
        `With \`supports_credentials\` and no list of origins ${risk}. ${advice} in \`origins\`.`,
      );
    for (const settings of settingsOf(program)) {
      const credentials = settings.get("CORS_ALLOW_CREDENTIALS");
      if (!isOnly(credentials?.value, true)) continue;
      const open = settings.get("CORS_ALLOW_ALL_ORIGINS") ?? settings.get("CORS_ORIGIN_ALLOW_ALL");
      if (open && isOnly(open.value, true))
        yield finding(
          open.span,
          `With \`CORS_ALLOW_CREDENTIALS\` ${risk}. ${advice} in \`CORS_ALLOWED_ORIGINS\`.`,
        );
    }
    for (const { setting, settings } of settingsNamed(
      program,
      "CORS_ALLOWED_ORIGIN_REGEXES",
      "CORS_ORIGIN_REGEX_WHITELIST",
    )) {
      const isOpen = itemsOf(setting.objects, setting.value)?.some(isAnyPattern);
      if (isOpen && isOnly(settings.get("CORS_ALLOW_CREDENTIALS")?.value, true))
        yield finding(setting.span, `This pattern fits every origin: ${risk}. ${advice}.`);
    }
    yield* headerFindings(context);
  },
});

function isOpenStarlette(call: CallEvent): boolean {
  if (!addsMiddleware(call, middleware)) return false;
  if (!isOnly(argumentOfCall(call, "allow_credentials"), true)) return false;
  const origins = argumentOfCall(call, "allow_origins");
  return hasAny(call, origins) || isAnyPattern(argumentOfCall(call, "allow_origin_regex"));
}

function isOpenFlask(call: CallEvent): boolean {
  if (!call.paths.some((path) => flaskCors.includes(path))) return false;
  if (!isOnly(argumentOfCall(call, "supports_credentials"), true)) return false;
  const resources = argumentOfCall(call, "resources");
  const origins = argumentOfCall(call, "origins");
  if (origins) return hasAny(call, origins) || isAnyPattern(origins);
  if (!resources) return !call.arguments.keywordSpread;
  return (resources.objects.length === 1 ? [...keysOf(call, resources)] : []).some((options) => {
    const own = entryOf(call.objects, options, "origins");
    return hasAny(call, own) || isAnyPattern(own);
  });
}

function keysOf(call: CallEvent, value: Value): Iterable<Value> {
  return value.objects.flatMap((id) => [...(call.objects.get(id)?.entries.values() ?? [])]);
}

function hasAny(call: CallEvent, value: Value | undefined): boolean {
  return (itemsOf(call.objects, value) ?? (value ? [value] : [])).some((item) => isOnly(item, "*"));
}

/** `.*`, `https?://.*`, with or without anchors. */
function isAnyPattern(value: Value | undefined): boolean {
  const known = constantsOf(value);
  return (
    known.length > 0 &&
    known.every(
      (pattern) =>
        typeof pattern === "string" &&
        /^\^?(?:\(?https?\??\)?:(?:\/\/|\\\/\\\/))?(?:\(\.[*+]\)|\.[*+])\$?$/u.test(pattern),
    )
  );
}

/** Headers written by hand: the visitor's own `Origin` or `*`, beside credentials in the same function. */
function* headerFindings({ program, finding }: RuleContext) {
  const sending = new Set(
    program.modules.filter(({ text }) => /access-control-allow-credentials/iu.test(text)),
  );
  for (const { definition } of program.functions) {
    const { module, statement } = definition;
    if (!statement || !sending.has(module)) continue;
    const writes = corsHeadersIn(module, statement.body);
    const sendsCredentials = writes.some(
      ({ name, value }) =>
        name === "access-control-allow-credentials" &&
        ((value.kind === "string" && value.value.toLowerCase() === "true") ||
          (value.kind === "singleton" && value.value === true)),
    );
    if (!sendsCredentials) continue;
    for (const { name, value, span } of writes) {
      if (name !== "access-control-allow-origin" || !runsInProduction(span)) continue;
      const isAny = value.kind === "string" && value.value === "*";
      if (isAny || isEcho(module, statement.body, value))
        yield finding(
          span,
          `With \`Access-Control-Allow-Credentials\` ${risk}. Compare \`Origin\` with a list of your own first.`,
        );
    }
  }
}
