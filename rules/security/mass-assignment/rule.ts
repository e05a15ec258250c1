// A visitor's own names of fields decide what of a record is written: those that nobody meant to offer included.

import {
  calledName,
  defineRule,
  type Expression,
  isTestPath,
  type Passage,
  type Program,
  taintRule,
} from "#rule";
import { formFindings } from "./forms.ts";

const setter = "setattr";

export default defineRule({
  watches: [setter],
  *check(context) {
    const ownObjects = writesToOwnObjects(context.program);
    yield* taintRule({
      from: ["http-input"],
      into: ["fields"],
      isHarmless: (passage) => {
        const { call, label, path } = passage.flow;
        return (
          isTestPath(call.module.path) ||
          label.hops > 0 ||
          ownObjects.has(`${call.module.path}:${call.start}`) ||
          isSchema(context.program, path) ||
          isDeclared(passage) ||
          (isMongoUpdate(path) && !isWholeUpdate(passage))
        );
      },
      message: ({ source, sink }) =>
        `${source} decides which fields ${sink} writes, so a visitor can set those you do not offer too, such as \`is_admin\` or \`owner_id\`. Name the fields you take.`,
    }).check(context);
    yield* formFindings(context);
  },
});

/** `setattr` on an object of a class of the project that no database keeps. */
function writesToOwnObjects(program: Program): ReadonlySet<string> {
  const own = program.calls.filter((call) => {
    const types = call.arguments.positional[0]?.value.types ?? [];
    return (
      call.paths.includes(setter) &&
      types.length > 0 &&
      types.every((type) => {
        const definition = program.classes.get(type);
        return definition !== undefined && !isStored(program, type);
      })
    );
  });
  return new Set(own.map(({ span }) => `${span.module.path}:${span.start}`));
}

/** Whether a class of the project has a base that is not of the project and no plain one. */
function isStored(program: Program, path: string, seen = 0): boolean {
  const definition = program.classes.get(path);
  if (!definition || seen > 20) return false;
  return definition.bases.some(({ references, types }) => {
    const isUnknown = references.length === 0 && types.length === 0;
    return (
      isUnknown ||
      types.length > 0 ||
      references.some((reference) => {
        if (reference.kind === "class")
          return isStored(program, reference.definition.path, seen + 1);
        return reference.kind === "api" && !plainBases.test(program.canonical(reference.path));
      })
    );
  });
}

const plainBases =
  /^(?:object|dict|Exception|abc\.|typing\.|enum\.|pydantic|dataclasses\.|threading\.|collections\.|marshmallow\.|rest_framework\.serializers\.)/u;

/** A class of SQLModel is a table only if it says so; otherwise it checks what it is given. */
function isSchema(program: Program, path: string): boolean {
  const definition = program.classes.get(path);
  const isOfSqlModel = definition?.bases.some(({ references }) =>
    references.some(
      (reference) =>
        reference.kind === "api" && program.canonical(reference.path) === "sqlmodel.SQLModel",
    ),
  );
  if (!isOfSqlModel) return false;
  return !definition?.statement.arguments.some(({ name }) => name === "table");
}

/** What a form, a serializer or a schema lets through are the fields it declares. */
function isDeclared({ source, passed }: Passage): boolean {
  if (/\b(?:cleaned_data|validated_data)\b/u.test(source)) return true;
  return passed.some((expression) => {
    if (expression.kind === "attribute") return declared.has(expression.name);
    if (expression.kind !== "call") return false;
    const name = calledName(expression);
    // `payload.dict()` of a model; `request.POST.dict()` is everything.
    if (name === "dict" || name === "json")
      return (
        expression.callee.kind === "attribute" &&
        expression.callee.object.kind === "name" &&
        isModelLike(source)
      );
    return dumping.has(name);
  });
}

/** A parameter that a framework filled, rather than a part of the request. */
function isModelLike(source: string): boolean {
  return /^\w+$/u.test(source);
}

const declared: ReadonlySet<string> = new Set(["cleaned_data", "validated_data"]);
const dumping: ReadonlySet<string> = new Set([
  ...["model_dump", "asdict", "model_validate", "parse_obj", "validate_python", "TypeAdapter"],
  ...["load", "deserialize", "validate", "parse_args", "pick", "only", "whitelist"],
]);

function isMongoUpdate(path: string): boolean {
  return /\.(?:update_one|update_many|find_one_and_update)$/u.test(path);
}

/** `{"$set": data}`: everything that was sent, not `{"$set": {"name": data["name"]}}`. */
function isWholeUpdate({ passed, holdsValue, source }: Passage): boolean {
  const operators = passed.flatMap((expression) =>
    expression.kind === "dict"
      ? expression.entries.filter(({ key }) => key?.kind === "string" && /^\$set/u.test(key.value))
      : [],
  );
  return operators.some(({ value }) => isWhole(value, source) && holdsValue(value));
}

function isWhole(expression: Expression, source: string): boolean {
  if (expression.kind === "name") return !/[\])]$/u.test(source) || /\(\)$/u.test(source);
  return (
    (expression.kind === "attribute" &&
      ["json", "form", "data", "POST"].includes(expression.name)) ||
    (expression.kind === "call" &&
      ["get_json", "json", "to_dict", "dict"].includes(calledName(expression)))
  );
}
