// What makes browsers stay on HTTPS is switched off in settings that production runs with.

import {
  argumentOfCall,
  type CallEvent,
  type Constant,
  codeOf,
  constantsOf,
  defineRule,
  faultyCalls,
  flaskSettingPaths,
  isForDebugging,
  isOnly,
  itemsOf,
  quoteCode,
  settingsNamed,
  settingsOf,
} from "#rule";

interface Switch {
  readonly off: readonly Constant[];
  readonly message: string;
}

const switches: ReadonlyMap<string, Switch> = new Map([
  [
    "SECURE_SSL_REDIRECT",
    {
      off: [false],
      message:
        "A visitor who comes by `http://` stays there, and can be read and changed on the way. Write `SECURE_SSL_REDIRECT = True`.",
    },
  ],
  [
    "SECURE_HSTS_SECONDS",
    {
      off: [0, null],
      message:
        "Browsers are not told to come by HTTPS only, so the next visit may begin in the clear. Write `SECURE_HSTS_SECONDS = 31536000` once HTTPS works everywhere.",
    },
  ],
  [
    "SECURE_CONTENT_TYPE_NOSNIFF",
    {
      off: [false],
      message:
        "Browsers may take an upload for a script. Leave `SECURE_CONTENT_TYPE_NOSNIFF` at its default, `True`.",
    },
  ],
]);

/** Flask-Talisman's arguments; https://github.com/wntrblm/flask-talisman */
const talisman = ["flask_talisman.Talisman", "flask_talisman.Talisman.init_app"];
const security = "django.middleware.security.SecurityMiddleware";

export default defineRule({
  watches: [...flaskSettingPaths, ...talisman],
  *check({ program, finding }) {
    for (const { setting, settings } of settingsNamed(program, ...switches.keys())) {
      const { off, message } = switches.get(setting.name) ?? {};
      if (off === undefined || message === undefined || setting.framework !== "django") continue;
      if (!isOnly(setting.value, ...off) || isForDebugging(settings)) continue;
      yield finding(setting.span, message);
    }
    for (const settings of settingsOf(program)) {
      const middleware = settings.get("MIDDLEWARE");
      const asked = [...switches.keys()].find((name) => {
        const value = settings.get(name)?.value;
        return value?.constants?.every(
          (constant) => constant !== null && constant !== false && constant !== 0,
        );
      });
      const items = middleware && itemsOf(middleware.objects, middleware.value);
      if (!middleware || !items || asked === undefined) continue;
      const names = items.map((item) => constantsOf(item)[0]);
      if (names.includes(undefined) || names.includes(security)) continue;
      yield finding(
        middleware.span,
        `${quoteCode(asked)} has no effect without ${quoteCode(security)}. Put it first in \`MIDDLEWARE\`.`,
      );
    }
    for (const { span, fault } of faultyCalls(program.calls, switchedOff))
      yield finding(
        span,
        `With ${quoteCode(fault)} a visitor who comes by \`http://\` stays there, and can be read and changed on the way. Leave it out.`,
      );
  },
});

function switchedOff(call: CallEvent): string | undefined {
  if (!call.paths.some((path) => talisman.includes(path))) return undefined;
  const off = ["force_https", "strict_transport_security"].find((name) =>
    isOnly(argumentOfCall(call, name), false),
  );
  const given = off === undefined ? undefined : call.arguments.keywords.get(off);
  return given && `${off}=${codeOf(given.span)}`;
}
