// Code that somebody else wrote and a tool installed: virtual environments, site-packages, node_modules.

export interface InstalledFolder {
  /** With a `/` at its end. */
  readonly path: string;
  readonly kind: "virtual-environment" | "installed-packages" | "node-modules";
}

/**
 * Takes installed code out of a listing of files. Paths are relative to the folder that was asked
 * for, so that naming `.venv/lib/.../site-packages/flask` itself does look into it.
 */
export function withoutInstalledCode(paths: readonly string[]): {
  readonly kept: readonly string[];
  readonly skipped: readonly InstalledFolder[];
} {
  const environments = new Set(
    paths.filter((path) => path.endsWith("/pyvenv.cfg")).map((path) => path.slice(0, -10)),
  );
  const skipped = new Map<string, InstalledFolder>();
  const kept = paths.filter((path) => {
    const found = installedFolder(path, environments);
    if (found !== undefined) skipped.set(found.path, found);
    return found === undefined;
  });
  return { kept, skipped: [...skipped.values()] };
}

/** What a folder is, by its name alone; `undefined` for one of the project's own. */
export function installedFolderKind(name: string): InstalledFolder["kind"] | undefined {
  if (name === "node_modules") return "node-modules";
  if (name === "site-packages") return "installed-packages";
  return undefined;
}

/** The outermost folder of installed code that a file stands in. */
function installedFolder(
  path: string,
  environments: ReadonlySet<string>,
): InstalledFolder | undefined {
  if (environments.size === 0 && !/(?:^|\/)(?:site-packages|node_modules)\//u.test(path)) {
    return undefined;
  }
  const parts = path.split("/");
  let folder = "";
  for (const part of parts.slice(0, -1)) {
    folder += `${part}/`;
    const kind = environments.has(folder) ? "virtual-environment" : installedFolderKind(part);
    if (kind !== undefined) return { path: folder, kind };
  }
  return undefined;
}
