// A program shows its inside to whoever makes it fail: debug servers and debug settings where visitors come.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  defineRule,
  enclosingNodes,
  environmentAt,
  expressionAt,
  faultyCalls,
  flaskSettingPaths,
  isForDevelopment,
  isOnly,
  isTextFromEnvironment,
  quoteCode,
  type Setting,
  settingsNamed,
} from "#rule";
import { fixOfDebug } from "./fix.ts";

/** Where a debug mode is switched on, and whether strangers can then run code. */
const switches: ReadonlyMap<
  string,
  { readonly name: string; readonly position?: number; readonly runsCode: boolean }
> = new Map([
  ["flask.Flask.run", { name: "debug", position: 2, runsCode: true }],
  ["quart.Quart.run", { name: "debug", position: 2, runsCode: false }],
  ["dash.Dash.run", { name: "debug", runsCode: true }],
  ["dash.Dash.run_server", { name: "debug", runsCode: true }],
  ["flask_socketio.SocketIO.run", { name: "debug", runsCode: true }],
  ["werkzeug.serving.run_simple", { name: "use_debugger", position: 4, runsCode: true }],
  ["werkzeug.debug.DebuggedApplication", { name: "evalex", position: 1, runsCode: true }],
  ["fastapi.FastAPI", { name: "debug", runsCode: false }],
  ["starlette.applications.Starlette", { name: "debug", position: 0, runsCode: false }],
  ["litestar.Litestar", { name: "debug", runsCode: false }],
  ["sanic.Sanic.run", { name: "debug", runsCode: false }],
  ["bottle.run", { name: "debug", runsCode: false }],
  ["bottle.debug", { name: "mode", position: 0, runsCode: false }],
  ["bottle.Bottle.run", { name: "debug", runsCode: false }],
  ["tornado.web.Application", { name: "debug", runsCode: false }],
]);

export default defineRule({
  watches: [...flaskSettingPaths, ...switches.keys()],
  fix: fixOfDebug,
  *check({ program, finding }) {
    for (const { setting } of settingsNamed(program, "DEBUG")) {
      const message = messageOfSetting(setting);
      if (message !== undefined) yield finding(setting.span, message);
    }
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) {
      if (isForDevelopment(span.module.path)) continue;
      yield finding(span, fault.message, {
        ...(fault.runsCode && !isStartedByHand(span) ? { severity: "high" } : {}),
      });
    }
  },
});

function messageOfSetting({ framework, value, expression, span }: Setting): string | undefined {
  if (isOnly(value, true, 1)) return `${shown(framework === "flask")} ${readSetting(framework)}`;
  return isTextFromEnvironment(span.module, value, expression)
    ? `A text from the environment is true even if it says \`False\`, so ${quoteCode(codeOf(span))} is on in production. Compare it: \`os.environ.get("DEBUG") == "1"\`.`
    : undefined;
}

function readSetting(framework: Setting["framework"]): string {
  return framework === "django"
    ? "Write `DEBUG = False` here and switch it on in a settings file for development."
    : "Leave it off here and switch it on with `flask run --debug` on your own machine.";
}

function shown(runsCode: boolean): string {
  return runsCode
    ? "In debug mode an error opens a console that runs Python for whoever reaches it."
    : "In debug mode an error shows source, settings and variables to whoever causes it.";
}

function faultOf(
  call: CallEvent,
): { readonly message: string; readonly runsCode: boolean } | undefined {
  const found = call.paths.map((path) => switches.get(path)).find((each) => each !== undefined);
  if (!found) return undefined;
  const { name, position, runsCode } = found;
  const value = argumentOfCall(call, name, position);
  if (!value) return undefined;
  if (isOnly(value, true, 1)) {
    const advice = `Leave ${quoteCode(name)} out and switch it on from outside on your own machine.`;
    return { message: `${shown(runsCode)} ${advice}`, runsCode };
  }
  const given = call.arguments.keywords.get(name) ?? call.arguments.positional[position ?? -1];
  const expression = given && expressionAt(given.span);
  if (!given || !isTextFromEnvironment(call.module, value, expression)) return undefined;
  return {
    message: `A text from the environment is true even if it says \`False\`, so ${quoteCode(codeOf(given.span))} switches the debug mode on. Compare it: \`os.environ.get("DEBUG") == "1"\`.`,
    runsCode,
  };
}

/** Under `if __name__ == "__main__":` no web server comes by; people do. */
function isStartedByHand(span: CallEvent["span"]): boolean {
  return (
    environmentAt(span) === "production" &&
    enclosingNodes(span).some(
      (node) =>
        node.kind === "if" &&
        node.branches.some(({ test }) =>
          /__main__/u.test(codeOf({ ...span, start: test.start, end: test.end })),
        ),
    )
  );
}
