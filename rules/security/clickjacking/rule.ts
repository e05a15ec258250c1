// A page may be shown inside another site's page, where a visitor clicks on what he does not see.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  constantsOf,
  decoratedBy,
  defineRule,
  enclosingNodes,
  faultyCalls,
  isNamed,
  isOnly,
  itemsOf,
  quoteCode,
  type Settings,
  settingsNamed,
} from "#rule";

const middleware = "django.middleware.clickjacking.XFrameOptionsMiddleware";
const sessions = "django.contrib.sessions.middleware.SessionMiddleware";
const exempt = "django.views.decorators.clickjacking.xframe_options_exempt";
const header = "x-frame-options";
const headerCalls: ReadonlySet<string> = new Set([
  "werkzeug.datastructures.Headers.__setitem__",
  "werkzeug.datastructures.Headers.set",
  "werkzeug.datastructures.Headers.add",
  "django.http.HttpResponse.__setitem__",
  "starlette.datastructures.MutableHeaders.__setitem__",
  "tornado.web.RequestHandler.set_header",
]);
const attribute = "django.http.HttpResponse.xframe_options_exempt.__set__";
const wrapped = "django.utils.decorators.method_decorator";

const risk = "any site can show it in a frame and have visitors click on what they do not see";

export default defineRule({
  watches: [...headerCalls, attribute, exempt, wrapped],
  *check({ program, finding }) {
    for (const { setting, settings } of settingsNamed(program, "X_FRAME_OPTIONS", "MIDDLEWARE")) {
      if (setting.framework !== "django" || hasFramePolicy(settings)) continue;
      if (setting.name === "X_FRAME_OPTIONS") {
        if (protects(setting.value)) continue;
        yield finding(
          setting.span,
          `Browsers take this for no protection: ${risk}. Write \`X_FRAME_OPTIONS = "DENY"\` or \`"SAMEORIGIN"\`.`,
        );
      } else if (lacksMiddleware(settings)) {
        yield finding(
          setting.span,
          `Without \`XFrameOptionsMiddleware\` ${risk.replace(" it ", " every page ")}. Add ${quoteCode(middleware, 80)}.`,
        );
      }
    }
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) yield finding(span, fault);
  },
});

function faultOf(call: CallEvent): string | undefined {
  if (call.paths.some((path) => headerCalls.has(path))) {
    const [name, value] = call.arguments.positional;
    const isHeader = constantsOf(name?.value).every(
      (each) => typeof each === "string" && each.toLowerCase() === header,
    );
    if (!isHeader || constantsOf(name?.value).length === 0 || protects(value?.value))
      return undefined;
    return isMeantForFrames(call)
      ? undefined
      : `Browsers take this value for no protection: ${risk}. Send \`DENY\` or \`SAMEORIGIN\`.`;
  }
  const isExempted =
    call.paths.includes(exempt) ||
    (call.paths.includes(wrapped) && isNamed(argumentOfCall(call, "decorator", 0), exemptName)) ||
    (call.paths.includes(attribute) && isOnly(argumentOfCall(call, "value", 0), true));
  return !isExempted || isMeantForFrames(call)
    ? undefined
    : `This view is taken out of the protection against frames: ${risk}. Remove the exemption, or name the sites in \`frame-ancestors\`.`;
}

const exemptName = new Set(["xframe_options_exempt"]);

/** Only what is known not to protect is told of. */
function protects(value: Parameters<typeof constantsOf>[0]): boolean {
  const known = constantsOf(value);
  return (
    known.length === 0 ||
    known.some((each) => typeof each === "string" && /^(?:deny|sameorigin)$/iu.test(each.trim()))
  );
}

function lacksMiddleware(settings: Settings): boolean {
  const setting = settings.get("MIDDLEWARE");
  const items = setting && itemsOf(setting.objects, setting.value);
  const names = items?.map((item) => constantsOf(item)[0]) ?? [];
  return (
    names.includes(sessions) &&
    names.every(
      (name) => typeof name === "string" && !/clickjack|xframe|csp|securityheaders/iu.test(name),
    )
  );
}

/** The newer header that replaces this one. */
function hasFramePolicy(settings: Settings): boolean {
  return ["CSP_FRAME_ANCESTORS", "CONTENT_SECURITY_POLICY", "SECURE_CSP"].some(
    (name) => settings.get(name) !== undefined,
  );
}

/** A page that is made to be embedded says so in its name, or says who may do it. */
function isMeantForFrames(call: CallEvent): boolean {
  const outer = enclosingNodes(call.span).findLast(
    ({ kind }) => kind === "function" || kind === "class",
  );
  const around = decoratedBy(call)?.span ?? {
    ...call.span,
    ...(outer && { start: outer.start, end: outer.end }),
  };
  const code = codeOf(around);
  return /embed|widget|iframe|oembed|badge|frame-ancestors|frame_ancestors|player/iu.test(
    // The names of the exemption itself hold the word.
    code.replace(/xframe_options_exempt/gu, ""),
  );
}
