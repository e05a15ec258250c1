// An upload is kept under an ending that the visitor chose: whatever they call a page or a program, it becomes one.

import { codeOf, defineRule, isTestPath, type Program, type Span, taintRule } from "#rule";

export default defineRule({
  check(context) {
    const { program } = context;
    return taintRule({
      from: ["http-upload", "http-file", "file-name"],
      into: ["upload-name"],
      isHarmless: ({ flow }) =>
        isTestPath(flow.call.module.path) ||
        flow.label.hops > 0 ||
        (flow.label.source.concept === "file-name" && !isOfUpload(flow.label.source.span)) ||
        codeAround(program, [flow.call, flow.label.source.span]).some(checksKind),
      message: ({ source, sink }) =>
        `${sink} keeps the upload under the ending that ${source} brings, so a visitor can leave a page or a program where you expect a picture. Compare the ending with a list of those you accept.`,
    }).check(context);
  },
});

/** `Path(upload.filename).name`: the last part of a path is known to be that, whoever wrote it. */
function isOfUpload(source: Span): boolean {
  return /\.filename\b/u.test(codeOf(source));
}

/** The lines of the functions that hold the places, and of those of the project that they call. */
function codeAround(program: Program, places: readonly Span[]): readonly string[] {
  const definitions = program.functions.map(({ definition }) => definition);
  const around = definitions.filter(({ span }) =>
    places.some(
      (place) => span.module === place.module && span.start <= place.start && place.end <= span.end,
    ),
  );
  const texts = around.map(({ span }) => span.module.text.slice(span.start, span.end));
  const called = new Set(texts.flatMap((text) => text.match(/\b\w+(?=\()/gu) ?? []));
  const helpers = definitions.filter(({ name }) => called.has(name));
  return [...around, ...helpers].flatMap(({ span }) =>
    span.module.text.slice(span.start, span.end).split("\n"),
  );
}

/**
 * Whether a line looks at what kind of file it is: by its ending, or by what is in it. The type that the
 * browser says is no such thing. Words that only ever make Pyward silent.
 */
function checksKind(line: string): boolean {
  if (/\b(?:magic|imghdr|filetype|puremagic)\.|\.verify\(\)|Image\.open\(/u.test(line)) return true;
  if (/content_type|mimetype/iu.test(line)) return false;
  return (
    /\b(?:\w*ext\w*|\w*suffix\w*|\w*ending\w*|\w*name|kind|format|fmt)\b.*\bin\b(?!\s+(?:request|self\.request|flask)\b)/iu.test(
      line.replace(/^\s*for\b.*/u, ""),
    ) ||
    /endswith\(|allowed|accepted|whitelist|valid|extensions?\b.*==|==.*\.\w{3,4}["']/iu.test(line)
  );
}
