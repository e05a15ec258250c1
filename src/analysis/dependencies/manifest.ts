// Which files say what a Python program is installed with: written by people, or locked by tools.

const manifest =
  /(?:^|\/)(?:[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)|requirements\/[^/]+\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|pylock(?:\.[\w-]+)?\.toml)$/iu;

/** Told by the name alone. */
export function isManifest(path: string): boolean {
  return manifest.test(path);
}

/** A manifest that a tool writes from another one. */
export function isLockFile(path: string): boolean {
  return /\.lock$|(?:^|\/)pylock[^/]*\.toml$/iu.test(path) && isManifest(path);
}
