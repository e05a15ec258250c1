// Forms and serializers that offer every field of a model, those that are added to it later included.
// https://docs.djangoproject.com/en/stable/topics/forms/modelforms/#selecting-the-fields-to-use

import {
  type Expression,
  type Finding,
  isTestPath,
  nodesOfKind,
  type Program,
  quoteCode,
  type RuleContext,
} from "#rule";

type ClassDefinition =
  Program["classes"] extends ReadonlyMap<string, infer Definition> ? Definition : never;

/** `fields = "__all__"` and `exclude` of model forms; of serializers, the former where they are written to. */
export function* formFindings({ program, finding }: RuleContext): Iterable<Finding> {
  const readOnly = readOnlySerializers(program);
  for (const definition of program.classes.values()) {
    const { module, statement } = definition;
    // Whoever uses the admin site may change everything.
    if (isTestPath(module.path) || /(?:^|\/)admin(?:\.py|\/)/u.test(module.path)) continue;
    const isForm = hasBase(program, definition, "django.forms.ModelForm");
    const isSerializer =
      !isForm &&
      /Serializer$/u.test(statement.name) &&
      serializerBases.some((base) => hasBase(program, definition, base));
    if (!isForm && !(isSerializer && !readOnly.has(statement.name))) continue;
    const options = optionsOf(definition);
    const fields = options.get("fields");
    const exclude = options.get("exclude");
    const isAll = fields?.kind === "string" && fields.value === "__all__";
    const isRestricted = ["read_only_fields", "extra_kwargs"].some((name) => options.has(name));
    const option =
      isAll && !isRestricted ? fields : isForm && exclude && !fields ? exclude : undefined;
    if (!option) continue;
    yield finding(
      { module, start: option.start, end: option.end },
      `${quoteCode(statement.name)} takes ${isAll ? "every field of its model" : "every field of its model but these"} from a visitor, also those that are added to the model later. List the fields it offers.`,
      { severityAtMost: "medium", confidence: "medium" },
    );
  }
}

const serializerBases = [
  "rest_framework.serializers.ModelSerializer",
  "rest_framework.serializers.HyperlinkedModelSerializer",
];

function hasBase(program: Program, definition: ClassDefinition, path: string, seen = 0): boolean {
  return definition.bases.some(({ references }) =>
    references.some((reference) => {
      if (reference.kind === "class")
        return seen < 20 && hasBase(program, reference.definition, path, seen + 1);
      return reference.kind === "api" && program.canonical(reference.path) === path;
    }),
  );
}

/** What is assigned in `class Meta`. */
function optionsOf({ statement }: ClassDefinition): ReadonlyMap<string, Expression> {
  const options = new Map<string, Expression>();
  for (const inner of statement.body) {
    if (inner.kind !== "class" || inner.name !== "Meta") continue;
    for (const line of inner.body) {
      if (line.kind !== "assign") continue;
      for (const target of line.targets)
        if (target.kind === "name") options.set(target.id, line.value);
    }
  }
  return options;
}

/** Serializers that views only ever answer with. */
function readOnlySerializers(program: Program): ReadonlySet<string> {
  const reading = new Set<string>();
  const writing = new Set<string>();
  for (const { statement, bases } of program.classes.values()) {
    const isReading = bases.some(({ references }) =>
      references.some(
        (reference) =>
          reference.kind === "api" &&
          /\.(?:ReadOnlyModelViewSet|ListAPIView|RetrieveAPIView|ListModelMixin|RetrieveModelMixin)$/u.test(
            reference.path,
          ),
      ),
    );
    for (const line of statement.body) {
      if (line.kind !== "assign" || line.value.kind !== "name") continue;
      const isOption = line.targets.some(
        (target) => target.kind === "name" && target.id === "serializer_class",
      );
      if (isOption) (isReading ? reading : writing).add(line.value.id);
    }
  }
  if (reading.size === 0) return reading;
  for (const module of program.modules) {
    for (const { callee, arguments: given } of nodesOfKind(module, "call")) {
      if (callee.kind === "name" && given.some(({ name }) => name === "data"))
        writing.add(callee.id);
    }
  }
  return new Set([...reading].filter((name) => !writing.has(name)));
}
