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
