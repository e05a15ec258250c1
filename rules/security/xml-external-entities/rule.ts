// XML from outside is read by a parser that was told to fetch what the document names, or to set its limits aside.

import {
  argumentOfCall,
  constantsOf,
  defineRule,
  type Finding,
  hasSpread,
  pathsOf,
  type RuleContext,
  taintRule,
} from "#rule";

const parsers = ["XMLParser", "ETCompatXMLParser", "XMLPullParser", "iterparse"].map(
  (name) => `lxml.etree.${name}`,
);
const setFeature = "xml.sax.xmlreader.XMLReader.setFeature";

// SAX names its features by address; xml.sax.handler has constants for them.
const externalFeatures = new Set([
  "http://xml.org/sax/features/external-general-entities",
  "http://xml.org/sax/features/external-parameter-entities",
  "xml.sax.handler.feature_external_ges",
  "xml.sax.handler.feature_external_pes",
]);

const from = ["http-input", "network-data"];

const externalEntities = taintRule({
  from,
  into: ["xml"],
  message: ({ source, sink }) =>
    `${sink} reads ${source} with external entities on, so a document can pull in files of this server or make it send requests. Leave them off.`,
});

const entityBombs = taintRule({
  from,
  into: ["xml"],
  message: ({ source, sink }) =>
    `${sink} reads ${source} without the usual limits, so a few lines of entities can fill the memory. Leave out \`huge_tree\`, or add \`resolve_entities=False\`.`,
});

// What lxml reads with its own parser where none is given.
const readers = ["fromstring", "XML", "XMLID", "parse", "fromstringlist"].map(
  (name) => `lxml.etree.${name}`,
);

const oldDefaults = taintRule({
  from: ["http-input"],
  into: ["xml"],
  message: ({ source, sink }) =>
    `Before lxml 5 ${sink} resolves the external entities of ${source}, which can name files of this server. Give it \`etree.XMLParser(resolve_entities=False)\`, or require \`lxml>=5\`.`,
});

export default defineRule({
  watches: [...parsers, ...readers, setFeature],
  *check(context) {
    if (!requiresNewLxml(context.program)) yield* readByDefault(context);
    const { external, huge } = dangerousParsers(context);
    yield* externalEntities.check(onlyReadBy(context, external));
    yield* entityBombs.check(onlyReadBy(context, huge));
  },
});

type Call = RuleContext["program"]["calls"][number];
type Span = Call["span"];

/** Where parsers were made that resolve external entities, and those that have no limits. */
function dangerousParsers({ program }: RuleContext): Record<"external" | "huge", Set<string>> {
  const external = new Set<string>();
  const huge = new Set<string>();
  const enabling = new Set<string>();
  for (const call of program.calls) {
    const is = (name: string, wanted: boolean): boolean =>
      isAlways(argumentOfCall(call, name), wanted);
    const readsDtd = ["load_dtd", "dtd_validation", "attribute_defaults"].some((name) =>
      is(name, true),
    );
    if (call.paths.includes(setFeature)) {
      if (enablesExternal(call)) enabling.add(keyOf(call.span));
    } else if (is("resolve_entities", true) || (readsDtd && is("no_network", false))) {
      external.add(keyOf(call.span));
    } else if (is("huge_tree", true) && !is("resolve_entities", false)) {
      huge.add(keyOf(call.span));
    }
  }
  for (const { path, call, label } of program.flows) {
    if (path === setFeature && enabling.has(keyOf(call))) external.add(keyOf(label.source.span));
  }
  return { external, huge };
}

/** Documents that lxml reads with the parser it makes itself; what that does depends on its version. */
function* readByDefault(context: RuleContext): Iterable<Finding> {
  const { program } = context;
  const plain = new Set(
    program.calls
      .filter(({ paths }) => paths.some((path) => readers.includes(path)))
      .filter((call) => argumentOfCall(call, "parser", 1) === undefined && !hasSpread(call))
      .map(({ span }) => keyOf(span)),
  );
  const flows = program.flows.filter(
    ({ call, label }) => plain.has(keyOf(call)) && label.source.concept !== "parameter",
  );
  for (const found of oldDefaults.check({ ...context, program: { ...program, flows } }))
    yield { ...found, severity: "medium", confidence: "medium" };
}

/** A requirement such as `lxml>=5.1` among the project's files. */
function requiresNewLxml({ configs }: RuleContext["program"]): boolean {
  return configs.some(({ text }) =>
    /\blxml\s*(?:\[[^\]]*\])?\s*(?:>=|==|~=|\^)\s*["']?(?:[5-9]|\d\d)/u.test(text),
  );
}

/** The same program, with no documents in it but those that these parsers read. */
function onlyReadBy(context: RuleContext, made: ReadonlySet<string>): RuleContext {
  const { program } = context;
  const reading = new Set(
    program.flows
      .filter(
        ({ concept, label }) => concept === "xml-parser" && made.has(keyOf(label.source.span)),
      )
      .map(({ call }) => keyOf(call)),
  );
  const flows = program.flows.filter(
    // `iterparse` is its own parser.
    ({ call }) => reading.has(keyOf(call)) || made.has(keyOf(call)),
  );
  return { ...context, program: { ...program, flows } };
}

function enablesExternal(call: Call): boolean {
  const name = argumentOfCall(call, "name", 0);
  return (
    isAlways(argumentOfCall(call, "state", 1), true) &&
    [...constantsOf(name), ...pathsOf(name)].some((each) => externalFeatures.has(String(each)))
  );
}

/** Known to be `True` (or 1), or `False` (or 0); `"internal"` and what is not known is neither. */
function isAlways(value: ReturnType<typeof argumentOfCall>, wanted: boolean): boolean {
  const constants = constantsOf(value);
  return (
    constants.length > 0 &&
    constants.every((constant) => constant === wanted || constant === Number(wanted))
  );
}

function keyOf({ module, start, end }: Span): string {
  return `${module.path}:${start}:${end}`;
}
