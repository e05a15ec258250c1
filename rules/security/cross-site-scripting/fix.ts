// The visitor's values in a page escaped, where they stand as text: within a tag that would not be enough.

import {
  codeOf,
  type Edit,
  type Fault,
  type Fix,
  fixOf,
  fixWith,
  importFrom,
  importOf,
  type Module,
  passageOf,
  readHere,
  templateOf,
  writtenAt,
} from "#rule";

const markSafe = "django.utils.safestring.mark_safe";
const pages = new Set([
  ...["route.return", "flask.make_response", "flask.Response", "markupsafe.Markup"],
  ...["", "BadRequest", "NotFound", "Forbidden", "ServerError"].map(
    (kind) => `django.http.HttpResponse${kind}`,
  ),
]);

export function fixOfPage(fault: Fault): Fix | undefined {
  const { at } = fault;
  const flows = fault.flows.filter(({ concept }) => concept === "html");
  const [flow] = flows;
  if (!flow || flows.some(({ path }) => path !== flow.path)) return undefined;
  if (flow.path === markSafe) return fixOfMarkSafe({ ...fault, flows });
  if (!pages.has(flow.path) || flow.argument.module !== at.module) return undefined;
  const { module } = at;
  const passages = flows.map((each) => passageOf(fault.program, each));
  const [written] = passages.flatMap(({ argument }) => argument ?? []);
  const template = written && templateOf(module, written);
  const escaping = escapeFor(
    module,
    flow.path,
    written?.kind === "binary" && written.operator === "+",
  );
  if (!template || !escaping) return undefined;
  const edits: Edit[] = [];
  let before = "";
  for (const piece of template.pieces) {
    if (piece.kind === "text") {
      before += codeOf({ module, start: piece.start, end: piece.end });
      continue;
    }
    if (!passages.some((passage) => passage.holdsValue(piece.value))) continue;
    // Not in a tag, a script or a style: text is read in another way there.
    if (/<[^>]*$|<(?:script|style)\b(?![\s\S]*<\/(?:script|style))/iu.test(before))
      return undefined;
    const { start, end } = piece.value;
    const value = codeOf({ module, start, end });
    edits.push({ start, end, text: `${escaping.name}(${value})` });
  }
  return fixWith(escaping, ...edits);
}

/** A `Markup` that is added to a text would escape that, too, so a sum takes plain text. */
function escapeFor(module: Module, path: string, isSum: boolean) {
  if (path.startsWith("django.")) return importFrom(module, "django.utils.html", "escape");
  if (!isSum) return importFrom(module, "markupsafe", "escape");
  const imported = importOf(module, "html");
  return imported && { ...imported, name: `${imported.name}.escape` };
}

/** `mark_safe(f"<b>{name}</b>")` as `format_html("<b>{}</b>", name)`, which escapes what it is given. */
function fixOfMarkSafe({ at, node, program, flows }: Fault): Fix | undefined {
  const { module } = at;
  const [given] = node?.kind === "call" ? node.arguments : [];
  if (node?.kind !== "call" || node.arguments.length !== 1 || !given) return undefined;
  const written = writtenAt(module, node, given.value);
  const template = written && templateOf(module, written.expression);
  const format = importFrom(module, "django.utils.html", "format_html");
  if (!template || !format) return undefined;
  const passages = flows.map((flow) => passageOf(program, flow));
  const holes = template.pieces.filter((piece) => piece.kind === "hole");
  const values = holes.map(({ value }) => value);
  // What is HTML already would be escaped once more.
  if (!values.every((value) => passages.some((passage) => passage.holdsValue(value))))
    return undefined;
  if (!readHere(values, written)) return undefined;
  const texts = template.pieces.filter((piece) => piece.kind === "text");
  // Braces mean something to `format_html`, and so do those that an f-string doubled.
  if (texts.some(({ start, end }) => /[{}]/u.test(codeOf({ module, start, end }))))
    return undefined;
  const list = values.map(({ start, end }) => codeOf({ module, start, end })).join(", ");
  const { callee } = node;
  const close = given.value.end;
  const fix = fixOf(
    { start: callee.start, end: callee.end, text: format.name },
    ...template.plain.filter(({ start, end }) => end !== close || start >= end),
    ...holes.map(({ start, end, tail }) => ({ start, end, text: `{}${tail}` })),
    ...joined(template.plain, close, `, ${list}`),
  );
  return fix && { ...fix, imports: format.imports };
}

/** An edit that ends where another text goes takes it along, so that no two touch. */
function joined(plain: readonly Edit[], at: number, text: string): readonly Edit[] {
  const last = plain.find(({ end }) => end === at);
  return [last ? { ...last, text } : { start: at, end: at, text }];
}
