// Bytes from outside are given to a format that can build any Python object, and so run code.

import {
  argumentOfCall,
  constantsOf,
  defineRule,
  type Finding,
  hasSpread,
  isTestPath,
  itemsOf,
  pathsOf,
  type RuleContext,
  runsInProduction,
  settingsNamed,
  taintRule,
} from "#rule";
import { fixOfLoad } from "./fix.ts";

/** Without a loader, the versions before 6 build any object; whoever reads files of others with it is told. */
const bareLoads = ["yaml.load", "yaml.load_all"];
const anyLoader = /^yaml\.(?:Loader|UnsafeLoader|CLoader|loader\.(?:Unsafe)?Loader)$/u;

const flows = taintRule({
  from: ["http-input", "network-data"],
  into: ["deserialize"],
  fix: fixOfLoad,
  message: ({ source, sink, call }) =>
    `${sink} can build any Python object out of ${source}, and run code while it does. ${advice(call)}`,
});

export default defineRule({
  watches: bareLoads,
  fix: fixOfLoad,
  *check(context) {
    yield* pickledSettings(context);
    const told = new Set<string>();
    for (const found of flows.check(context)) {
      told.add(`${found.place.path}:${found.place.startLine}`);
      yield found;
    }
    for (const call of context.program.calls) {
      if (!call.paths.some((path) => bareLoads.includes(path)) || hasSpread(call)) continue;
      if (isTestPath(call.module.path) || !runsInProduction(call.span)) continue;
      const loader = argumentOfCall(call, "Loader", 1);
      const isAny = loader === undefined || pathsOf(loader).some((path) => anyLoader.test(path));
      const text = argumentOfCall(call, "stream", 0);
      if (!isAny || constantsOf(text).length > 0) continue;
      const found = context.finding(
        call.span,
        "`yaml.load` without a safe loader can build any Python object out of the document, and run code while it does. Read it with `yaml.safe_load`.",
        { confidence: "low", severityAtMost: "medium" },
      );
      if (!told.has(`${found.place.path}:${found.place.startLine}`)) yield found;
    }
  },
});

/** Sessions and tasks that are kept as pickles: whoever can write there runs code here. */
function* pickledSettings({ program, finding }: RuleContext): Iterable<Finding> {
  for (const { setting } of settingsNamed(program, "SESSION_SERIALIZER")) {
    if (!constantsOf(setting.value).some((name) => /\bPickleSerializer$/u.test(String(name))))
      continue;
    yield finding(
      setting.span,
      "Sessions that are kept as pickles can build any Python object, so whoever writes one, or knows `SECRET_KEY`, runs code here. Leave it out: the default is `JSONSerializer`.",
    );
  }
  for (const { setting } of settingsNamed(program, ...celerySettings)) {
    const values = itemsOf(setting.objects, setting.value) ?? [setting.value];
    if (!values.some((value) => constantsOf(value).includes("pickle"))) continue;
    yield finding(
      setting.span,
      "A task that is read as a pickle can build any Python object, so whoever reaches the broker runs code in the workers. Leave `pickle` out and send JSON.",
    );
  }
}

const celerySettings = [
  "CELERY_ACCEPT_CONTENT",
  "CELERY_TASK_SERIALIZER",
  "CELERY_RESULT_SERIALIZER",
];

/** What to write instead, by library. */
function advice(call: string): string {
  switch (call.split(".")[0]) {
    case "yaml":
    case "ruamel":
      return "Read it with `yaml.safe_load`.";
    case "shelve":
      return "Choose the file from names you wrote yourself.";
    case "joblib":
    case "numpy":
    case "torch":
    case "pandas":
      return "Take a format that holds no code.";
    default:
      return "Read it with `json.loads`.";
  }
}
