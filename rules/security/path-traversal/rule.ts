// A visitor's text decides which file is read or written, or where an archive of theirs is unpacked.

import {
  addArgument,
  defineRule,
  type Fault,
  type Fix,
  fixOf,
  type Passage,
  taintRule,
} from "#rule";

const extraction = ["tarfile.TarFile.extractall", "tarfile.TarFile.extract"];

// What unknown code finds by a text is seldom the text itself.
const isFound = ({ flow: { label } }: Passage): boolean => label.hops > 0;

const traversal = taintRule({
  // Not `http-file`: the names of those uploads hold no folders.
  from: ["http-parameter", "http-path", "http-header", "http-cookie", "http-body", "http-upload"],
  into: ["path", "path-or-file"],
  isHarmless: isFound,
  message: ({ source, sink }) =>
    `${source} decides which file ${sink} works on, so \`../\` or an absolute path leads out of the folder. Resolve the path and check that it is still below your folder, or take only the name.`,
});

const unpacking = taintRule({
  // Whoever packed it chose its names, and seldom is who fetches it or names it at a terminal.
  from: ["http-input", "network-data", "cli-input"],
  into: ["archive"],
  isHarmless: isFound,
  message: ({ source, sink }) =>
    `${sink} writes files wherever the archive in ${source} says, also outside the folder. Give it \`filter="data"\`.`,
});

export default defineRule({
  watches: extraction,
  fix: fixOfExtraction,
  *check(context) {
    const { program } = context;
    // Who names the members has looked at them.
    const chosen = new Set(
      program.calls
        .filter(({ arguments: given }) => given.keywords.has("members"))
        .map(({ span }) => `${span.module.path}:${span.start}`),
    );
    const flows = program.flows.filter(
      ({ concept, call }) =>
        concept !== "archive" || !chosen.has(`${call.module.path}:${call.start}`),
    );
    yield* traversal.check(context);
    yield* unpacking.check({ ...context, program: { ...program, flows } });
  },
});

/** Python's own filter keeps an archive within its folder. https://docs.python.org/3/library/tarfile.html#tarfile-extraction-filter */
function fixOfExtraction({ at, node, flows }: Fault): Fix | undefined {
  const isArchive = flows.some(({ path }) => extraction.includes(path));
  if (!isArchive || node?.kind !== "call") return undefined;
  if (node.arguments.some(({ name, spread }) => name === "filter" || spread !== ""))
    return undefined;
  return fixOf(addArgument(at.module, node, 'filter="data"'));
}
