// The check that a form was sent from the site itself is switched off where the visitor's cookie is enough.

import {
  argumentOfCall,
  type CallEvent,
  calledName,
  codeOf,
  constantsOf,
  type Decorated,
  decoratedBy,
  defineRule,
  enclosingNodes,
  faultyCalls,
  flaskSettingPaths,
  isForDevelopment,
  isNamed,
  isOnly,
  isTestPath,
  itemsOf,
  quoteCode,
  type RuleContext,
  type Settings,
  type Span,
  settingsNamed,
} from "#rule";

const middleware = "django.middleware.csrf.CsrfViewMiddleware";
const sessions = "django.contrib.sessions.middleware.SessionMiddleware";
const exemptions: ReadonlySet<string> = new Set([
  "django.views.decorators.csrf.csrf_exempt",
  "flask_wtf.csrf.CSRFProtect.exempt",
  "flask_wtf.CSRFProtect.exempt",
]);
const wrapped = "django.utils.decorators.method_decorator";
const pyramid = [
  "pyramid.config.Configurator.set_default_csrf_options",
  "pyramid.view.view_config",
];

const risk = "any page that a logged-in visitor opens can send this request in their name";

export default defineRule({
  watches: [...flaskSettingPaths, ...exemptions, wrapped, ...pyramid, "tornado.web.Application"],
  *check(context) {
    const { program, finding } = context;
    const names = [
      "WTF_CSRF_ENABLED",
      "WTF_CSRF_CHECK_DEFAULT",
      "MIDDLEWARE",
      "CSRF_TRUSTED_ORIGINS",
    ];
    for (const { setting, settings } of settingsNamed(program, ...names)) {
      const message =
        setting.framework === "flask"
          ? flaskMessage(settings, setting.name)
          : djangoMessage(settings, setting.name);
      if (message !== undefined) yield finding(setting.span, message);
    }
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
    for (const span of removals(context))
      yield finding(
        span,
        `This takes \`CsrfViewMiddleware\` out, and ${risk.replace("this request", "any request")}. Leave it in.`,
      );
    yield* emptyChecks(context);
  },
});

function flaskMessage(settings: Settings, name: string): string | undefined {
  if (!name.startsWith("WTF_") || !isOnly(settings.get(name)?.value, false)) return undefined;
  // The check may be called by hand: `csrf.protect()`.
  const span = settings.get(name)?.span;
  if (!span || /\bcsrf\.protect\(\)/u.test(span.module.text)) return undefined;
  if (isOnly(settings.get("TESTING")?.value, true)) return undefined;
  return `With ${quoteCode(name)} off, forms are accepted from other sites too: ${risk}. Leave it on; tests switch it off for themselves.`;
}

function djangoMessage(settings: Settings, name: string): string | undefined {
  const setting = settings.get(name);
  const items = setting && itemsOf(setting.objects, setting.value);
  const values = items?.map((item) => constantsOf(item)[0]) ?? [];
  if (name === "CSRF_TRUSTED_ORIGINS") {
    const open = values.find(
      (value) => typeof value === "string" && /^(?:https?:\/\/)?\*\.?$/u.test(value),
    );
    return open === undefined
      ? undefined
      : `This trusts every site, so ${risk}. Name the origins: \`https://app.example.com\`.`;
  }
  if (name !== "MIDDLEWARE" || !values.includes(sessions)) return undefined;
  const isKnown = values.every((value) => typeof value === "string" && !/csrf/iu.test(value));
  return isKnown && !knowsTokensOnly(settings)
    ? `Without \`CsrfViewMiddleware\` no form is checked, and ${risk.replace("this request", "any request")}. Add ${quoteCode(middleware)}.`
    : undefined;
}

/** `MIDDLEWARE.remove("django.middleware.csrf.CsrfViewMiddleware")` in settings that production runs with. */
function* removals({ program }: RuleContext): Iterable<Span> {
  for (const module of program.modules) {
    if (isForDevelopment(module.path) || !/CsrfViewMiddleware/u.test(module.text)) continue;
    for (const statement of module.body) {
      const call = statement.kind === "expression" ? statement.value : undefined;
      if (call?.kind !== "call" || calledName(call) !== "remove") continue;
      const code = codeOf({ module, start: call.start, end: call.end });
      if (/^MIDDLEWARE(?:_CLASSES)?\.remove\(\s*["']django\.middleware\.csrf\./u.test(code))
        yield { module, start: call.start, end: call.end };
    }
  }
}

/** Where nobody logs in by cookie, there is nothing to ride on. */
function knowsTokensOnly(settings: Settings): boolean {
  const rest = settings.get("REST_FRAMEWORK");
  return (
    rest !== undefined &&
    /Authentication/u.test(codeOf(rest.span)) &&
    !/Session|Basic/u.test(codeOf(rest.span))
  );
}

function faultOf(call: CallEvent): string | undefined {
  if (call.paths.some((path) => pyramid.includes(path)))
    return isOnly(argumentOfCall(call, "require_csrf"), false)
      ? `With \`require_csrf=False\` ${risk}. Leave it out.`
      : undefined;
  if (call.paths.includes("tornado.web.Application"))
    return isOnly(argumentOfCall(call, "xsrf_cookies"), false)
      ? `With \`xsrf_cookies=False\` forms are accepted from other sites: ${risk}. Write \`xsrf_cookies=True\`.`
      : undefined;
  const isExemption =
    call.paths.some((path) => exemptions.has(path)) ||
    (call.paths.includes(wrapped) && isNamed(argumentOfCall(call, "decorator", 0), exemptName));
  const view = isExemption ? viewOf(call) : undefined;
  if (!view || !isRidden(view)) return undefined;
  return `${quoteCode(view.statement.name)} knows its visitor by the cookie, and is exempt from the check where a form comes from: ${risk}. Remove the exemption.`;
}

/** What is exempt: for a class's `dispatch`, the class. */
function viewOf(call: CallEvent): Decorated | undefined {
  const decorated = decoratedBy(call);
  if (decorated?.statement.name !== "dispatch") return decorated;
  const owner = enclosingNodes(call.span).findLast((node) => node.kind === "class");
  if (owner?.kind !== "class") return decorated;
  const span = { module: call.module, start: owner.start, end: owner.end };
  return { span, statement: owner };
}

const exemptName = new Set(["csrf_exempt"]);

/** Whether a view goes by the visitor's cookie, changes something, and proves nothing else. */
function isRidden({ span, statement }: Decorated): boolean {
  const decorators = statement.decorators.map((each) =>
    span.module.text.slice(each.start, each.end),
  );
  const code = [...decorators, codeOf(span)].join("\n");
  return goesByCookie.test(code) && changes.test(code) && !provesItself.test(code);
}

const goesByCookie =
  /\blogin_required\b|\bLoginRequiredMixin\b|\bpermission_required\b|\bPermissionRequiredMixin\b|\buser_passes_test\b|\bstaff_member_required\b|\brequest\.user\b|\brequest\.session\b|\bcurrent_user\b|\bsession\[|\bsession\.get\(|\brequest\.COOKIES\b/u;
const changes =
  /\bPOST\b|\bPUT\b|\bDELETE\b|\bPATCH\b|\brequire_POST\b|\.post\(|def (?:post|put|patch|delete)\b|request\.(?:form|json|body|data)\b|\.(?:save|create|delete|update|commit)\(/u;
const provesItself =
  /\bhmac\b|compare_digest|signature|construct_event|[Aa]uthorization|HTTP_X_|X-Hub|api_?key|API_?KEY|verify_|\bjwt\b|[Bb]earer|token_auth|TokenAuthentication|csrf_protect|check_csrf|get_token\(|oauth|\bauthenticate\(/u;

/** Subclasses that take the check away: DRF's `enforce_csrf`, Tornado's `check_xsrf_cookie`. */
function* emptyChecks({ program, finding }: RuleContext) {
  for (const { definition } of program.functions) {
    const { owner, name, body, statement } = definition;
    if (!owner || !statement || !Array.isArray(body)) continue;
    const base = checks.get(name);
    if (base === undefined || isTestPath(definition.module.path)) continue;
    const isDerived = owner.bases.some(({ references }) =>
      references.some(
        (reference) => reference.kind === "api" && base.has(program.canonical(reference.path)),
      ),
    );
    const isEmpty = statement.body.every(
      (each) =>
        each.kind === "pass" ||
        (each.kind === "expression" && ["string", "singleton"].includes(each.value.kind)) ||
        (each.kind === "return" && (!each.value || each.value.kind === "singleton")),
    );
    if (!isDerived || !isEmpty) continue;
    const start = statement.start;
    yield finding(
      { module: definition.module, start, end: statement.end },
      `${quoteCode(`${owner.qualifiedName}.${name}`)} checks nothing, so ${risk}. Remove the method, or authenticate by a token.`,
    );
  }
}

const checks: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["enforce_csrf", new Set(["rest_framework.authentication.SessionAuthentication"])],
  ["check_xsrf_cookie", new Set(["tornado.web.RequestHandler"])],
]);
