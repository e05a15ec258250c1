// Passwords and codes may be tried out without end, in a project that limits other requests.

import {
  codeOf,
  defineRule,
  type Entrance,
  flaskSettingPaths,
  isTestPath,
  quoteCode,
  type RuleContext,
  settingsOf,
  viewClasses,
  viewFunctions,
} from "#rule";

/** Where somebody proves who he is by something that can be tried out. */
const guessable =
  /log_?in\b|sign_?in\b|authenticate|obtain_?token|(?:^|[\s/"'_])token["'\s]|password[-_/]?(?:reset|recover|forgot)|forgot|reset[-_/]?password|\botp\b|[-_/]otp|two_?factor|2fa|mfa|(?:verify|confirm|check)_?(?:code|pin|otp|sms)/iu;
const limited = /\blimiter\b|limits?\(|rate_?limit|RateLimit|throttl|Throttl|axes_dispatch|brute/u;
/** Limits for all at once, and lockouts. */
const limitsAll =
  /default_limits\s*=\s*\[\s*["']|application_limits\s*=\s*\[\s*["']|RATELIMIT_DEFAULT|["']axes["']|AxesMiddleware|defender|dependencies=\[\s*Depends\(\s*RateLimiter/u;

export default defineRule({
  watches: flaskSettingPaths,
  *check({ program, finding }) {
    const entrances = [
      ...viewFunctions(program.functions),
      ...program.modules.flatMap(viewClasses),
    ].filter(({ span }) => !isTestPath(span.module.path));
    for (const { name, title, passedBy } of entrances)
      for (const limit of passedBy.filter((each) => limited.test(codeOf(each))))
        yield finding(
          limit,
          `${quoteCode(`@${codeOf(limit)}`)} stands above the route, which has registered ${quoteCode(name)} without it: there is no limit. Put it below.`,
          { severity: guessable.test(title) ? "medium" : "low" },
        );
    const example = entrances.find(({ terms }) => limited.test(terms));
    if (!example || limitsEverything(program)) return;
    for (const entrance of entrances) {
      if (!entrance.changes || !guessable.test(entrance.title) || isLimited(entrance)) continue;
      if (entrance.passedBy.some((each) => limited.test(codeOf(each)))) continue;
      yield finding(
        entrance.span,
        `${quoteCode(entrance.name)} can be tried as often and as fast as one likes, unlike ${quoteCode(example.name)}. Put the same limit on it: ${quoteCode(limitOf(example))}.`,
      );
    }
  },
});

function isLimited({ terms, span }: Entrance): boolean {
  return limited.test(terms) || limited.test(functionCode(span));
}

/** The whole definition that a name stands in. */
function functionCode({ module, start }: Entrance["span"]): string {
  const statement = module.body.find((each) => each.start <= start && start < each.end);
  return statement ? codeOf({ module, start: statement.start, end: statement.end }) : "";
}

function limitOf({ terms }: Entrance): string {
  const line = terms.split("\n").find((term) => limited.test(term)) ?? "";
  return /^\w+ = /u.test(line) ? line : `@${line}`;
}

function limitsEverything(program: RuleContext["program"]): boolean {
  const isByDefault = settingsOf(program).some((settings) => {
    const rest = settings.get("REST_FRAMEWORK");
    return rest !== undefined && /DEFAULT_THROTTLE_CLASSES/u.test(codeOf(rest.span));
  });
  return isByDefault || program.modules.some(({ text }) => limitsAll.test(text));
}
