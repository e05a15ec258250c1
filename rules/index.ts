// The list of rules: one line each, in the order in which people see them.

import type { Rule } from "#rule";
import blockingCallInAsync from "./design/blocking-call-in-async/rule.ts";
import cacheMisuse from "./design/cache-misuse/rule.ts";
import configNotValidated from "./design/config-not-validated/rule.ts";
import connectionPerRequest from "./design/connection-per-request/rule.ts";
import droppedTask from "./design/dropped-task/rule.ts";
import irreversibleMigration from "./design/irreversible-migration/rule.ts";
import missingHealthCheck from "./design/missing-health-check/rule.ts";
import missingIndex from "./design/missing-index/rule.ts";
import missingTimeout from "./design/missing-timeout/rule.ts";
import nPlusOneQuery from "./design/n-plus-one-query/rule.ts";
import raceCondition from "./design/race-condition/rule.ts";
import slowWorkInRequest from "./design/slow-work-in-request/rule.ts";
import swallowedException from "./design/swallowed-exception/rule.ts";
import syncDatabaseInAsync from "./design/sync-database-in-async/rule.ts";
import unawaitedCoroutine from "./design/unawaited-coroutine/rule.ts";
import unboundedQuery from "./design/unbounded-query/rule.ts";
import unsafeMigration from "./design/unsafe-migration/rule.ts";
import unstructuredLoggingOfErrors from "./design/unstructured-logging-of-errors/rule.ts";
import allowedHostsAny from "./security/allowed-hosts-any/rule.ts";
import bindAllInterfaces from "./security/bind-all-interfaces/rule.ts";
import cleartextTransport from "./security/cleartext-transport/rule.ts";
import clickjacking from "./security/clickjacking/rule.ts";
import codeInjection from "./security/code-injection/rule.ts";
import commandInjection from "./security/command-injection/rule.ts";
import committedSecretFile from "./security/committed-secret-file/rule.ts";
import corsAnyOrigin from "./security/cors-any-origin/rule.ts";
import crossSiteScripting from "./security/cross-site-scripting/rule.ts";
import csrfDisabled from "./security/csrf-disabled/rule.ts";
import debugEnabled from "./security/debug-enabled/rule.ts";
import hardcodedSecret from "./security/hardcoded-secret/rule.ts";
import headerInjection from "./security/header-injection/rule.ts";
import insecureCookie from "./security/insecure-cookie/rule.ts";
import insecureRandom from "./security/insecure-random/rule.ts";
import jwtMisuse from "./security/jwt-misuse/rule.ts";
import ldapInjection from "./security/ldap-injection/rule.ts";
import logInjection from "./security/log-injection/rule.ts";
import massAssignment from "./security/mass-assignment/rule.ts";
import missingAuthentication from "./security/missing-authentication/rule.ts";
import missingHttpsSettings from "./security/missing-https-settings/rule.ts";
import missingRateLimit from "./security/missing-rate-limit/rule.ts";
import nosqlInjection from "./security/nosql-injection/rule.ts";
import openRedirect from "./security/open-redirect/rule.ts";
import pathTraversal from "./security/path-traversal/rule.ts";
import regexDenialOfService from "./security/regex-denial-of-service/rule.ts";
import regexInjection from "./security/regex-injection/rule.ts";
import sensitiveDataInLogs from "./security/sensitive-data-in-logs/rule.ts";
import serverSideRequestForgery from "./security/server-side-request-forgery/rule.ts";
import sqlInjection from "./security/sql-injection/rule.ts";
import stackTraceExposure from "./security/stack-trace-exposure/rule.ts";
import templateInjection from "./security/template-injection/rule.ts";
import timingUnsafeComparison from "./security/timing-unsafe-comparison/rule.ts";
import tlsVerificationDisabled from "./security/tls-verification-disabled/rule.ts";
import trustBoundaryViolation from "./security/trust-boundary-violation/rule.ts";
import unsafeDeserialization from "./security/unsafe-deserialization/rule.ts";
import unsafeFilePermissions from "./security/unsafe-file-permissions/rule.ts";
import unsafeTempFile from "./security/unsafe-temp-file/rule.ts";
import unsafeUpload from "./security/unsafe-upload/rule.ts";
import vulnerableDependency from "./security/vulnerable-dependency/rule.ts";
import weakCipher from "./security/weak-cipher/rule.ts";
import weakHash from "./security/weak-hash/rule.ts";
import weakKey from "./security/weak-key/rule.ts";
import weakPasswordHash from "./security/weak-password-hash/rule.ts";
import xmlExternalEntities from "./security/xml-external-entities/rule.ts";
import xpathInjection from "./security/xpath-injection/rule.ts";

export const rules: readonly (readonly [name: string, rule: Rule])[] = [
  ["security/sql-injection", sqlInjection],
  ["security/nosql-injection", nosqlInjection],
  ["security/command-injection", commandInjection],
  ["security/code-injection", codeInjection],
  ["security/template-injection", templateInjection],
  ["security/xpath-injection", xpathInjection],
  ["security/ldap-injection", ldapInjection],
  ["security/regex-injection", regexInjection],
  ["security/regex-denial-of-service", regexDenialOfService],
  ["security/trust-boundary-violation", trustBoundaryViolation],
  ["security/mass-assignment", massAssignment],
  ["security/sensitive-data-in-logs", sensitiveDataInLogs],
  ["security/unsafe-upload", unsafeUpload],
  ["security/unsafe-deserialization", unsafeDeserialization],
  ["security/path-traversal", pathTraversal],
  ["security/cross-site-scripting", crossSiteScripting],
  ["security/server-side-request-forgery", serverSideRequestForgery],
  ["security/open-redirect", openRedirect],
  ["security/hardcoded-secret", hardcodedSecret],
  ["security/committed-secret-file", committedSecretFile],
  ["security/vulnerable-dependency", vulnerableDependency],
  ["security/weak-key", weakKey],
  ["security/weak-cipher", weakCipher],
  ["security/insecure-random", insecureRandom],
  ["security/header-injection", headerInjection],
  ["security/log-injection", logInjection],
  ["security/timing-unsafe-comparison", timingUnsafeComparison],
  ["security/xml-external-entities", xmlExternalEntities],
  ["security/stack-trace-exposure", stackTraceExposure],
  ["security/tls-verification-disabled", tlsVerificationDisabled],
  ["security/cleartext-transport", cleartextTransport],
  ["security/insecure-cookie", insecureCookie],
  ["security/missing-authentication", missingAuthentication],
  ["security/missing-rate-limit", missingRateLimit],
  ["security/csrf-disabled", csrfDisabled],
  ["security/clickjacking", clickjacking],
  ["security/cors-any-origin", corsAnyOrigin],
  ["security/allowed-hosts-any", allowedHostsAny],
  ["security/missing-https-settings", missingHttpsSettings],
  ["security/debug-enabled", debugEnabled],
  ["security/jwt-misuse", jwtMisuse],
  ["security/unsafe-file-permissions", unsafeFilePermissions],
  ["security/unsafe-temp-file", unsafeTempFile],
  ["security/bind-all-interfaces", bindAllInterfaces],
  ["security/weak-hash", weakHash],
  ["security/weak-password-hash", weakPasswordHash],
  ["design/sync-database-in-async", syncDatabaseInAsync],
  ["design/blocking-call-in-async", blockingCallInAsync],
  ["design/unawaited-coroutine", unawaitedCoroutine],
  ["design/dropped-task", droppedTask],
  ["design/connection-per-request", connectionPerRequest],
  ["design/missing-timeout", missingTimeout],
  ["design/missing-index", missingIndex],
  ["design/n-plus-one-query", nPlusOneQuery],
  ["design/unbounded-query", unboundedQuery],
  ["design/unsafe-migration", unsafeMigration],
  ["design/irreversible-migration", irreversibleMigration],
  ["design/config-not-validated", configNotValidated],
  ["design/missing-health-check", missingHealthCheck],
  ["design/unstructured-logging-of-errors", unstructuredLoggingOfErrors],
  ["design/swallowed-exception", swallowedException],
  ["design/slow-work-in-request", slowWorkInRequest],
  ["design/race-condition", raceCondition],
  ["design/cache-misuse", cacheMisuse],
];
