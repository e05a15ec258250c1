// Files by how near they stand to those that a change touches.

/** Sorted by the folders that a file shares with the nearest of `paths`; within one distance by path. */
export function nearestFirst<File extends { readonly path: string }>(
  files: Iterable<File>,
  paths: readonly string[],
): readonly File[] {
  const folders = new Set(paths.flatMap(foldersOf));
  return Array.from(files, (file) => ({
    file,
    depth: foldersOf(file.path).findLastIndex((folder) => folders.has(folder)),
  }))
    .sort((a, b) => b.depth - a.depth || (a.file.path < b.file.path ? -1 : 1))
    .map(({ file }) => file);
}

/** `a/b/c.py` stands in `a` and in `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
