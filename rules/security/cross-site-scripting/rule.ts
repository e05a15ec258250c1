// A visitor's text becomes part of a page as HTML instead of text, so it can bring scripts along.

import {
  argumentOfCall,
  constantsOf,
  defineRule,
  hasSpread,
  type Passage,
  pathsOf,
  type RuleContext,
  taintRule,
} from "#rule";
import { fixOfPage } from "./fix.ts";

// What of these is HTML depends on the type of content they are given.
const responses = [
  "flask.make_response",
  "flask.Response",
  "werkzeug.wrappers.Response",
  ...["", "BadRequest", "NotFound", "Forbidden", "ServerError"].map(
    (kind) => `django.http.HttpResponse${kind}`,
  ),
];
// These send a dict as JSON.
const writers = ["tornado.web.RequestHandler.write", "tornado.web.RequestHandler.finish"];
// These are pages only if the function says so.
const declared = [
  ...["text", "body", "data"].map((name) => `falcon.Response.${name}.__set__`),
  "http.server.ResponseFile.write",
];
const inlineTemplate = "flask.render_template_string";

const scripting = taintRule({
  from: ["http-input"],
  into: ["html"],
  isHarmless: isReturnedAsOther,
  message: ({ source, sink, call }) =>
    `${source} becomes part of ${call === "route.return" ? "the page that is returned" : `the HTML that ${sink} makes`} without being escaped, so a link can run scripts in the browser of whoever follows it. ${advice(call)}`,
});

// What a response is said to hold after it was made.
const typeWrites = [
  "werkzeug.datastructures.Headers.__setitem__",
  "django.http.HttpResponse.__setitem__",
  "werkzeug.wrappers.Response.mimetype.__set__",
  "werkzeug.wrappers.Response.content_type.__set__",
  "tornado.web.RequestHandler.set_header",
];
const typeDeclarations = [
  "falcon.Response.content_type.__set__",
  "falcon.Response.set_header",
  "http.server.BaseHTTPRequestHandler.send_header",
];

export default defineRule({
  fix: fixOfPage,
  watches: [
    ...responses,
    ...writers,
    ...declared,
    inlineTemplate,
    ...typeWrites,
    ...typeDeclarations,
  ],
  check(context) {
    const { program } = context;
    const calls = new Map(program.calls.map((call) => [keyOf(call.span), call] as const));
    const flows = program.flows.filter(({ concept, label, call }) => {
      // What unknown code made of a text may well be escaped.
      if (concept !== "html" || label.hops > 0) return false;
      const seen = calls.get(keyOf(call));
      if (!seen) return true;
      if (seen.paths.some((path) => declared.includes(path))) return isDeclared(program, seen);
      return isHtml(seen, keyOf(label.source.span)) && !isRetyped(program, seen);
    });
    return scripting.check({ ...context, program: { ...program, flows } });
  },
});

type Call = RuleContext["program"]["calls"][number];

/** Whether a browser runs the scripts in a document of this type: HTML, XHTML, and pictures in SVG. */
function runsScripts(type: unknown): boolean {
  return /html|^image\/svg/iu.test(String(type));
}

/** Whether a call sends its text as HTML, as far as its other arguments tell. */
function isHtml(call: Call, source: string): boolean {
  if (call.paths.includes(inlineTemplate)) return isMarkedSafe(call, source);
  if (call.paths.some((path) => writers.includes(path))) {
    const types = argumentOfCall(call, "chunk", 0)?.types ?? [];
    return !types.includes("dict") && !types.includes("list");
  }
  if (!call.paths.some((path) => responses.includes(path))) return true;
  const isDjango = call.paths.some((path) => path.startsWith("django."));
  const type =
    argumentOfCall(call, "content_type", isDjango ? 1 : undefined) ??
    argumentOfCall(call, "mimetype");
  const isTold = type !== undefined && !constantsOf(type).every((name) => name === null);
  if (isTold) return constantsOf(type).some(runsScripts);
  // Headers may say what it is.
  const headers = argumentOfCall(call, "headers", isDjango ? 5 : 2);
  return headers === undefined && !hasSpread(call);
}

/** `response.headers["Content-Type"] = "text/plain"`, in the function that made the response. */
function isRetyped({ calls }: RuleContext["program"], made: Call): boolean {
  if (!made.paths.some((path) => responses.includes(path) || writers.includes(path))) return false;
  return calls.some((call) => {
    if (call.definition !== made.definition || call.module !== made.module) return false;
    if (!call.paths.some((path) => typeWrites.includes(path))) return false;
    const isItem = !call.paths.some((path) => path.endsWith("__set__"));
    const [name] = isItem ? constantsOf(argumentOfCall(call, "name", 0)) : ["content-type"];
    const types = constantsOf(argumentOfCall(call, "value", isItem ? 1 : 0));
    const isOther = types.length > 0 && !types.some(runsScripts);
    return /^content-type$/iu.test(String(name)) && isOther;
  });
}

/** `resp.content_type = "text/html"`, `self.send_header("Content-Type", "text/html")` in the same function. */
function isDeclared({ calls }: RuleContext["program"], made: Call): boolean {
  return calls.some(
    (call) =>
      call.definition === made.definition &&
      call.module === made.module &&
      call.paths.some((path) => typeDeclarations.includes(path)) &&
      [...call.arguments.positional, ...call.arguments.keywords.values()].some(
        ({ value }) =>
          constantsOf(value).some((each) => /text\/html/iu.test(String(each))) ||
          pathsOf(value).includes("falcon.MEDIA_HTML"),
      ),
  );
}

/** `{{ name|safe }}`, or `{% autoescape false %}` around it. */
function isMarkedSafe(call: Call, source: string): boolean {
  const [template] = constantsOf(argumentOfCall(call, "source", 0));
  if (typeof template !== "string") return false;
  const isOff = /\{%-?\s*autoescape\s+false/u.test(template);
  return [...call.arguments.keywords].some(
    ([name, { value }]) =>
      value.labels.some((label) => keyOf(label.source.span) === source) &&
      (isOff || new RegExp(`\\{\\{[^}]*\\b${name}\\b[^}]*\\|\\s*safe\\b`, "u").test(template)),
  );
}

/** `return text, 200, {"Content-Type": "text/plain"}`. */
function isReturnedAsOther({ sink, argument }: Passage): boolean {
  if (sink !== "route.return" || argument?.kind !== "tuple") return false;
  return argument.elements.some(
    (part) =>
      part.kind === "dict" &&
      part.entries.some(
        ({ key, value }) =>
          key?.kind === "string" &&
          /^content-type$/iu.test(key.value) &&
          !(value.kind === "string" && value.value.includes("html")),
      ),
  );
}

function advice(call: string): string {
  const [library] = call.split(".");
  if (library === "django") return "Build it with `format_html`, or in a template.";
  if (library === "tornado") return "Use `self.render`, or `tornado.escape.xhtml_escape`.";
  if (library === "flask" || library === "route" || library === "markupsafe")
    return "Use a template, or `markupsafe.escape`.";
  return "Use a template, or `html.escape`.";
}

function keyOf({ module, start, end }: Call["span"]): string {
  return `${module.path}:${start}:${end}`;
}
