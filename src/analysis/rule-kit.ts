// `#rule`: everything a rule needs, from one door. Rules import this and nothing else.

export { isSensitiveName } from "../flow/entry-points/sensitive.ts";
export type { CallEvent } from "../flow/frame.ts";
export type { Constant, Value } from "../flow/values/value.ts";
export { codeOf, type Module, type Span } from "../python/module.ts";
export type { CallExpression, Expression } from "../python/syntax.ts";
export {
  argumentOfCall,
  constantsOf,
  entryOf,
  hasSpread,
  isNamed,
  isOnly,
  itemsOf,
  pathsOf,
} from "./arguments-of-call.ts";
export { addsMiddleware, middlewareCalls } from "./asgi-middleware.ts";
export { type BlockingCall, blockingFindings, patchingCalls } from "./blocking.ts";
export { cacheCalls } from "./check-then-act.ts";
export { type Decorated, decoratedBy } from "./decorated.ts";
export {
  type VulnerablePackage,
  vulnerablePackages,
} from "./dependencies/vulnerable-packages.ts";
export {
  enclosingNodes,
  everyNode,
  expressionAt,
  nodesOfKind,
  type SyntaxNode,
} from "./enclosing.ts";
export { type Entrance, isGuard, viewClasses, viewFunctions } from "./entrances.ts";
export { type Execution, type ExecutionOf, executionsOf, type Start } from "./execution.ts";
export { type FaultyCall, faultyCalls } from "./faulty-calls.ts";
export { type Finding, quoteCode, type Severity } from "./finding.ts";
export { type Edit, type Fix, fixOf, fixWith } from "./fix.ts";
export { addArgument, argumentAt, removeArgument, setKeyword } from "./fixes/arguments.ts";
export { type Bound, bindParameters, type ParameterStyle } from "./fixes/bound-parameters.ts";
export { type Imported, importFrom, importOf } from "./fixes/imports.ts";
export { plainFunction } from "./fixes/plain-function.ts";
export { switchValue } from "./fixes/switch-value.ts";
export { templateOf } from "./fixes/template.ts";
export { readHere, type WrittenText, writtenAt } from "./fixes/written-text.ts";
export { importedPackages } from "./imported-packages.ts";
export { hasNoLineBreaks } from "./line-breaks.ts";
export { type MadeBy, madeBy } from "./made-by.ts";
export { type MigrationHazard, migrationHazards } from "./migrations/hazards.ts";
export { type OneWay, oneWayMigrations } from "./migrations/one-way.ts";
export { type LateRead, lateReads } from "./orm/late-reads.ts";
export { perRowFindings, type RepeatedQuery } from "./orm/per-row-findings.ts";
export { fetchCalls, repeatedCalls, sqlCalls } from "./orm/repeated-calls.ts";
export { type UnboundedQuery, unboundedFindings } from "./orm/unbounded-findings.ts";
export { calledName, type Passage, passageOf, rootOf } from "./passage.ts";
export { passwordName, passwordNameOf } from "./passwords/password-names.ts";
export { type PlainPassword, plainPasswords } from "./passwords/plain-passwords.ts";
export { lackOf, slowHashCalls } from "./passwords/slow-hashes.ts";
export { isTestCode, isTestPath } from "./paths.ts";
export type { Program } from "./program.ts";
export { type Race, racesIn } from "./races.ts";
export { type Backtracking, backtrackingOf } from "./regex/backtracking.ts";
export { defineRule, type Fault, type Rule, type RuleContext } from "./rule.ts";
export type { MissingColumn } from "./schema/index-candidates.ts";
export { columnDeclaredAt, indexHabit } from "./schema/index-habits.ts";
export { type MissingIndex, missingIndexFindings } from "./schema/missing-index.ts";
export { configSecrets } from "./secrets/config-secrets.ts";
export { type HardcodedSecret, withoutOverlaps } from "./secrets/hardcoded-secret.ts";
export { keyCalls, loginCalls } from "./secrets/login-calls.ts";
export { pythonSecrets } from "./secrets/python-secrets.ts";
export { type SecretFile, secretFileOf } from "./secrets/secret-file.ts";
export { tokenSecrets } from "./secrets/token-secrets.ts";
export { environmentAt, isForDevelopment, runsInProduction } from "./settings/environment.ts";
export { flaskSettingPaths } from "./settings/flask-settings.ts";
export type { Setting, Settings } from "./settings/setting.ts";
export { isForDebugging, settingsNamed, settingsOf } from "./settings/settings.ts";
export { isTextFromEnvironment } from "./settings/text-from-environment.ts";
export { taintRule } from "./taint.ts";
