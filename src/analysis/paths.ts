// Files that are judged by where they stand: tests, examples and documentation, commands, migrations.

const folders =
  /(?:^|\/)(?:tests?|testing|examples?|docs?|docs_src|benchmarks?|evaluation|scripts?|notebooks?|\.semgrep)\//iu;
const files = /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$/iu;
const commands =
  /(?:^|\/)(?:(?:cli|commands|management|alembic|migrations)\/|(?:cli|__main__|manage|setup|noxfile|fabfile)\.py$)/u;

/** Whether a path is a test's or an example's, by the usual conventions: nobody waits for its design. */
export function isTestPath(path: string): boolean {
  return folders.test(path) || files.test(path);
}

/** Whether the file holds commands of a terminal, or migrations: somebody runs them, one at a time. */
export function isCommandPath(path: string): boolean {
  return commands.test(path);
}

const testFolders =
  /(?:^|\/)(?:tests?|testing|fixtures?|mocks?|__mocks__|testdata|test[-_]data|cassettes|e2e)\//iu;
const testFiles =
  /(?:^|\/)(?:tests?|test_[^/]*|[^/]*[-_.]tests?|conftest|testing|[^/]*factories|test_settings|settings_test)\.[^/]+$|(?:^|\/)[^/]*\.(?:test|testing|ci)(?:\.[^/]*)?$/iu;

/** Whether what stands there is used by tests only: their code, their settings, their data. */
export function isTestCode(path: string): boolean {
  return testFolders.test(path) || testFiles.test(path);
}

/** Whether a file is there for developers' own machines: `settings/local.py`, `.env.development`. */
export function isDevelopmentFile(path: string): boolean {
  return /(?:^|[/._-])(?:local|dev|devel|development|demo|example|examples|sample|samples|template|tmpl|dist|tpl)(?=[/._-]|$)/iu.test(
    path,
  );
}
