// The cookie that says who somebody is travels without encryption, or lies open to every script of the page.

import {
  addsMiddleware,
  argumentOfCall,
  constantsOf,
  defineRule,
  expressionAt,
  flaskSettingPaths,
  hasSpread,
  isForDebugging,
  isOnly,
  type MadeBy,
  madeBy,
  middlewareCalls,
  quoteCode,
  type RuleContext,
  runsInProduction,
  settingsNamed,
} from "#rule";
import { fixOfCookie } from "./fix.ts";

const responses = [
  "flask.Response",
  "werkzeug.wrappers.Response",
  ...[
    ...["HttpResponse", "HttpResponseBadRequest", "HttpResponsePermanentRedirect"],
    ...["HttpResponseRedirect", "HttpResponseServerError", "JsonResponse"],
  ].map((name) => `django.http.${name}`),
  ...["Response", "HTMLResponse", "JSONResponse", "PlainTextResponse", "RedirectResponse"].map(
    (name) => `starlette.responses.${name}`,
  ),
];

/** Where the name, the value and the flags stand; flags without a position are given by name only. */
interface CookieCall {
  readonly key: string;
  readonly secure: number | undefined;
  readonly httponly: number | undefined;
}

const calls = new Map<string, CookieCall>([
  ...responses.map(
    (type) => [`${type}.set_cookie`, { key: "key", secure: 6, httponly: 7 }] as const,
  ),
  ...responses
    .filter((type) => type.startsWith("django."))
    .map((type) => [`${type}.set_signed_cookie`, byName("key")] as const),
  ["aiohttp.web.Response.set_cookie", byName("name")],
  ["aiohttp.web.StreamResponse.set_cookie", byName("name")],
  ["tornado.web.RequestHandler.set_cookie", byName("name")],
  ["tornado.web.RequestHandler.set_secure_cookie", byName("name")],
  ["tornado.web.RequestHandler.set_signed_cookie", byName("name")],
]);

// The whole name, so that `session_theme` is none. A script must be able to read a CSRF token.
const identities =
  /^(?:__Host-|__Secure-)?(?:[a-z0-9]+[_.-])*(?:session|sessionid|session[_-]id|session[_-]key|sid|jwt|auth|token|remember(?:[_-]?me)?)$/iu;
const meantForScripts = /csrf|xsrf/iu;

/** What nobody can make but the server: whoever shows it is let in as the one it was made for. */
const credentials = [
  "jwt.encode",
  "jose.jwt.encode",
  ...["token_urlsafe", "token_hex"].map((name) => `secrets.${name}`),
  ...["Signer.sign", "Signer.sign_object", "TimestampSigner.sign", "dumps"].map(
    (name) => `django.core.signing.${name}`,
  ),
  ...["Signer.sign", "TimestampSigner.sign", "Serializer.dumps"].map(
    (name) => `itsdangerous.${name}`,
  ),
  ...["TimedSerializer.dumps", "URLSafeSerializer.dumps", "URLSafeTimedSerializer.dumps"].map(
    (name) => `itsdangerous.${name}`,
  ),
];

const plain = "is sent over plain HTTP too";
const readable = "can be read by any script on the page";
/** Settings of the frameworks' own cookies, and what happens where they are off. Scripts have to read the CSRF cookie. */
const risksOfSettings: ReadonlyMap<string, string> = new Map([
  ["SESSION_COOKIE_SECURE", plain],
  ["SESSION_COOKIE_HTTPONLY", readable],
  ["REMEMBER_COOKIE_SECURE", plain],
  ["REMEMBER_COOKIE_HTTPONLY", readable],
  ["CSRF_COOKIE_SECURE", plain],
]);
/** Without a word on it browsers send such a cookie to its own site only, as `Lax` does; Django says `Lax` itself. */
const originsOfSettings = ["SESSION_COOKIE_SAMESITE", "REMEMBER_COOKIE_SAMESITE"];
const sessions = "starlette.middleware.sessions.SessionMiddleware";

export default defineRule({
  fix: fixOfCookie,
  watches: [...calls.keys(), ...credentials, ...flaskSettingPaths, ...middlewareCalls, sessions],
  *check({ program, finding }) {
    for (const { setting, settings } of settingsNamed(program, ...risksOfSettings.keys())) {
      if (!isOnly(setting.value, false, null) || isForDebugging(settings)) continue;
      yield finding(
        setting.span,
        `With this setting the cookie that stands for a visitor ${risksOfSettings.get(setting.name)}. Write ${quoteCode(`${setting.name} = True`)}.`,
      );
    }
    for (const { setting, settings } of settingsNamed(program, ...originsOfSettings)) {
      const isOff = setting.framework === "django" && isOnly(setting.value, false, null);
      if (!(isOff || isOnly(setting.value, "None", "none")) || isForDebugging(settings)) continue;
      yield finding(
        setting.span,
        `With this setting the cookie that stands for a visitor ${risksWithout['samesite="Lax"']}. Write ${quoteCode(`${setting.name} = "Lax"`)}.`,
        { severityAtMost: "medium" },
      );
    }
    for (const call of program.calls) {
      if (!addsMiddleware(call, sessions) || !runsInProduction(call.span)) continue;
      if (!isOnly(argumentOfCall(call, "https_only"), false)) continue;
      yield finding(
        call.span,
        "With `https_only=False` the session's cookie is sent over plain HTTP too. Write `https_only=True`.",
      );
    }
    const isCredential = madeBy(program, new Set(credentials));
    for (const call of program.calls) {
      const shape = call.paths.map((path) => calls.get(path)).find((each) => each !== undefined);
      if (!shape || !runsInProduction(call.span) || hasSpread(call)) continue;
      const name = identityName(call, shape, isCredential) ?? openName(call, shape);
      if (name === undefined || isHarmless(call)) continue;
      const missing = [
        ...(isOff(call, "secure", shape.secure) ? ["secure=True"] : []),
        ...(isOff(call, "httponly", shape.httponly) ? ["httponly=True"] : []),
        ...(isOnly(argumentOfCall(call, "samesite"), "None", "none") ? ['samesite="Lax"'] : []),
      ];
      if (missing.length === 0) continue;
      const risks = missing.map((flag) => risksWithout[flag] ?? "").join(" and ");
      yield finding(
        call.span,
        `The cookie ${quoteCode(name)} says who somebody is, and ${risks}. Set it with ${quoteCode(missing.join(", "))}.`,
      );
    }
  },
});

type Call = RuleContext["program"]["calls"][number];

const risksWithout: Readonly<Record<string, string>> = {
  "secure=True": "is sent over plain HTTP too",
  "httponly=True": "any script on the page can read it",
  'samesite="Lax"': "goes along with requests that other sites make",
};

/** Cookies of other names, where the code itself says that they may travel in the clear. */
function openName(call: Call, shape: CookieCall): string | undefined {
  const [name, ...others] = constantsOf(argumentOfCall(call, shape.key, 0));
  const isOpen = isOnly(argumentOfCall(call, "secure", shape.secure), false);
  if (typeof name !== "string" || others.length > 0 || !isOpen) return undefined;
  return preferences.test(name) ? undefined : name;
}

// What a site remembers of how it is looked at tells nobody who somebody is.
const preferences =
  /theme|lang|locale|i18n|tz|time_?zone|consent|csrf|xsrf|currency|country|region|color|colour|mode|layout|sort|view|tab|page|banner|seen|dismiss|font|size|pref|utm|ref|flash|message|test|debug|last|count|visit|history|filter|ab_|variant|sidebar|expanded|collapsed/iu;

function byName(key: string): CookieCall {
  return { key, secure: undefined, httponly: undefined };
}

function identityName(call: Call, shape: CookieCall, isCredential: MadeBy): string | undefined {
  const [name, ...others] = constantsOf(argumentOfCall(call, shape.key, 0));
  if (typeof name !== "string" || others.length > 0 || meantForScripts.test(name)) return undefined;
  if (identities.test(name)) return name;
  const value = call.arguments.keywords.get("value") ?? call.arguments.positional[1];
  const expression = value && expressionAt(value.span);
  const isShown = expression !== undefined && isCredential(call.module, expression);
  return isShown && !preferences.test(name) ? name : undefined;
}

/** A cookie that is taken back, or whose value stands in the code, is no secret. */
function isHarmless(call: Call): boolean {
  const value = argumentOfCall(call, "value", 1);
  const isTakenBack = ["max_age", "expires"].some((name, index) =>
    constantsOf(argumentOfCall(call, name, 2 + index)).includes(0),
  );
  return value === undefined || value.constants !== undefined || isTakenBack;
}

/** What is not given, or only ever `False`; a setting is trusted. */
function isOff(call: Call, name: string, position: number | undefined): boolean {
  const value = argumentOfCall(call, name, position);
  if (!value) return true;
  const { constants } = value;
  return constants?.every((constant) => constant === false || constant === null) ?? false;
}
