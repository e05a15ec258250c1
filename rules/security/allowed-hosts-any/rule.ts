// The Host header is believed whatever it says, and with it every link that is made from it.

import {
  addsMiddleware,
  argumentOfCall,
  type CallEvent,
  constantsOf,
  defineRule,
  faultyCalls,
  flaskSettingPaths,
  isForDebugging,
  itemsOf,
  middlewareCalls,
  settingsNamed,
  type Value,
} from "#rule";

const middleware = "starlette.middleware.trustedhost.TrustedHostMiddleware";
export default defineRule({
  watches: [...flaskSettingPaths, ...middlewareCalls, middleware],
  *check({ program, finding }) {
    for (const { setting, settings } of settingsNamed(program, "ALLOWED_HOSTS")) {
      if (setting.framework !== "django" || isForDebugging(settings)) continue;
      if (!allowsAny(setting.objects, setting.value)) continue;
      yield finding(
        setting.span,
        '`*` accepts any Host header, and links in password mails and caches are made from it. Name your hosts: `ALLOWED_HOSTS = ["shop.example.com"]`.',
      );
    }
    for (const { span } of faultyCalls(program.calls, (call) => isOpen(call) || undefined))
      yield finding(
        span,
        "`TrustedHostMiddleware` with `*` lets every Host header pass, so it guards nothing. Name your hosts in `allowed_hosts`.",
      );
  },
});

function isOpen(call: CallEvent): boolean {
  return (
    addsMiddleware(call, middleware) &&
    allowsAny(call.objects, argumentOfCall(call, "allowed_hosts"))
  );
}

function allowsAny(objects: CallEvent["objects"], value: Value | undefined): boolean {
  const hosts = itemsOf(objects, value) ?? (value ? [value] : []);
  return hosts.some((host) => {
    const known = constantsOf(host);
    return known.length > 0 && known.every((name) => name === "*" || name === ".");
  });
}
