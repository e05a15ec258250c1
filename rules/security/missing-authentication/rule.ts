// A way in that changes something asks nobody who they are, while those beside it do.

import {
  codeOf,
  defineRule,
  type Entrance,
  flaskSettingPaths,
  isGuard,
  isTestPath,
  type Module,
  quoteCode,
  type RuleContext,
  settingsOf,
  viewClasses,
  viewFunctions,
} from "#rule";

/** Whom one asks before he can say who he is, and what proves itself otherwise. */
const publicNames =
  /log_?in|log_?out|sign_?(?:in|up|out)|regist|web_?hook|\bhook|callback|health|ping|forgot|reset|recover|verif|confirm|activat|invit|token|refresh|oauth|oidc|saml|sso|contact|feedback|subscri|newsletter|csp|metrics|public|anonymous|guest|search|graphql|telemetry|track|beacon|captcha|otp|session/iu;

export default defineRule({
  watches: flaskSettingPaths,
  *check({ program, finding }) {
    const classes = program.modules.flatMap(viewClasses);
    const entrances = [...viewFunctions(program.functions), ...classes].filter(
      ({ span }) => !isTestPath(span.module.path),
    );
    for (const { name, passedBy } of entrances)
      for (const guard of passedBy.filter(isGuard))
        yield finding(
          guard,
          `${quoteCode(`@${codeOf(guard)}`)} stands above the route, which has registered ${quoteCode(name)} without it: nobody is asked. Put it below.`,
        );
    const families = Map.groupBy(entrances, ({ family }) => family);
    for (const family of families.values()) {
      const guarded = family.filter(({ guards }) => guards.length > 0);
      const open = family.filter(({ guards }) => guards.length === 0);
      const [example] = guarded;
      // Two that agree, and more than do not, make a custom.
      if (!example || guarded.length < 2 || guarded.length <= open.length) continue;
      for (const entrance of open) {
        const isFine =
          !entrance.changes ||
          entrance.asksItself ||
          entrance.passedBy.some(isGuard) ||
          publicNames.test(entrance.title) ||
          isGuardedAbove(program, entrance);
        if (isFine) continue;
        yield finding(
          entrance.span,
          `${quoteCode(entrance.name)} changes something and asks nobody who they are, unlike ${quoteCode(example.name)} and ${othersBeside(guarded)} beside it. Add ${quoteCode(example.guards[0] ?? "")}.`,
        );
      }
    }
  },
});

function othersBeside(guarded: readonly Entrance[]): string {
  return guarded.length === 2 ? quoteCode(guarded[1]?.name ?? "") : `${guarded.length - 1} others`;
}

type Program = RuleContext["program"];

/** Asked for all at once: on the router, before every request, by middleware or by default. */
function isGuardedAbove(program: Program, { family, span }: Entrance): boolean {
  const { module } = span;
  if (guardsItself(module)) return true;
  if (
    program.modules.some(({ text }) =>
      /include_router\([^)]*dependencies=|before_app_request|FastAPI\([^)]*dependencies=|LoginRequiredMiddleware/u.test(
        text,
      ),
    )
  )
    return true;
  if (!family.endsWith(" classes")) return false;
  const isExempt = /permission_classes/u.test(classCode(module, span.start));
  return (
    !isExempt &&
    settingsOf(program).some((settings) => {
      const rest = settings.get("REST_FRAMEWORK");
      return rest !== undefined && /DEFAULT_PERMISSION_CLASSES/u.test(codeOf(rest.span));
    })
  );
}

/** Whether a file's own level guards all its views: a hook that asks, a router or middleware that does. */
function guardsItself(module: Module): boolean {
  return module.body.some((statement) => {
    const code = codeOf({ module, start: statement.start, end: statement.end });
    if (statement.kind === "class") return false;
    if (statement.kind !== "function")
      return (
        /add_middleware\(\s*\w*(?:Auth|Login|JWT|Token)/u.test(code) ||
        /Router\([^)]*dependencies=|FastAPI\([^)]*dependencies=/u.test(code) ||
        (/before_request\(/u.test(code) && asks.test(code))
      );
    const above = statement.decorators.map(({ start, end }) => codeOf({ module, start, end }));
    const isHook = above.some((text) => /before_request|\.middleware\(/u.test(text));
    return isHook && asks.test([...above, code].join("\n"));
  });
}

const asks = /login|auth|abort|current_user|40[13]|token|session|permission/iu;

function classCode(module: Module, start: number): string {
  const statement = module.body.find((each) => each.start <= start && start < each.end);
  return statement ? codeOf({ module, start: statement.start, end: statement.end }) : "";
}
