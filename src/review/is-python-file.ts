// Which files are reviewed, by name alone.

/**
 * `.py` and `.pyw`. Stubs (`.pyi`) are left out: they never run, so nothing in them can be dangerous,
 * and a finding there would repeat one in the module that they describe. So are notebooks and
 * scripts without an ending.
 */
export function isPythonFile(path: string): boolean {
  return /\.pyw?$/iu.test(path);
}
