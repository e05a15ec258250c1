// Files whose design nobody waits for: tests, examples, documentation, scripts.

const folders = /(?:^|\/)(?:tests?|testing|examples?|docs?|benchmarks?|scripts?|notebooks?)\//iu;
const files = /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$/iu;

/** Whether a path is a test's or an example's, by the usual conventions. */
export function isTestPath(path: string): boolean {
  return folders.test(path) || files.test(path);
}
