// Which attributes of a model stand for rows of another table: `ForeignKey`, `ManyToManyField` and their
// reverse in Django, `relationship` and `backref` in SQLAlchemy, `Relationship` in SQLModel.
// https://docs.djangoproject.com/en/stable/topics/db/models/#relationships
// https://docs.sqlalchemy.org/en/20/orm/relationship_api.html

import type { ClassDefinition } from "../../flow/values/value.ts";
import type { CallExpression, Expression } from "../../python/syntax.ts";
import type { Program } from "../program.ts";
import type { Declaration } from "../schema/facts.ts";
import {
  ancestryOf,
  apiPath,
  argumentOf,
  type Binding,
  bindingOf,
  classMeant,
  isSet,
  lastPart,
  linesOf,
  type Scope,
  scopeOf,
  sqlalchemyCall,
  textOf,
} from "../schema/names.ts";
import { userModelOf } from "../schema/user-model.ts";
import type { Model, Relation } from "./orm-value.ts";

/** The models of a program with their relations, by class. */
export function readOrmModels(
  program: Program,
  declared: ReadonlyMap<ClassDefinition, Declaration>,
): ReadonlyMap<ClassDefinition, Model> {
  const byName = Map.groupBy(declared.keys(), ({ statement }) => statement.name);
  const relations = new Map<ClassDefinition, Map<string, Relation>>();
  for (const definition of declared.keys()) relations.set(definition, new Map());
  for (const [definition, own] of relations) {
    for (const each of ancestryOf(definition)) {
      const scope = scopeOf(program, each.module);
      for (const line of linesOf(each.statement.body)) {
        const binding = bindingOf(line);
        const found = binding && readRelation(scope, definition, binding, byName);
        if (!found) continue;
        if (!own.has(found.relation.name)) own.set(found.relation.name, found.relation);
        const { target } = found.relation;
        if (target && found.reverse) relations.get(target)?.set(found.reverse.name, found.reverse);
      }
    }
  }
  const models = new Map<ClassDefinition, Model>();
  for (const [definition, declaration] of declared) {
    const style = declaration.columns[0]?.style;
    const own = relations.get(definition) ?? new Map();
    models.set(definition, {
      definition,
      declaration,
      library:
        style === "django" || style === "tortoise" || style === "peewee" || style === "pony"
          ? style
          : "sqlalchemy",
      relations: own,
    });
  }
  return models;
}

interface Read {
  readonly relation: Relation;
  readonly reverse: Relation | undefined;
}

type ByName = ReadonlyMap<string, readonly ClassDefinition[]>;

function readRelation(
  scope: Scope,
  owner: ClassDefinition,
  binding: Binding,
  byName: ByName,
): Read | undefined {
  const { name, value } = binding;
  if (value?.kind !== "call") return undefined;
  const sqlalchemy = sqlalchemyCall(scope, value);
  if (sqlalchemy === "relationship" || sqlalchemy === "Relationship" || sqlalchemy === "relation")
    return readRelationship(scope, owner, binding, value, byName);
  const path = apiPath(scope, value.callee) ?? "";
  const field = lastPart(path);
  if (
    /^tortoise\b.*\bfields\b/u.test(path) &&
    /^(?:ForeignKey|OneToOne|ManyToMany)Field$/u.test(field)
  )
    return readTortoiseKey(scope, owner, name, field, value, byName);
  if (path.startsWith("peewee.") && field === "ForeignKeyField")
    return readPeeweeKey(scope, owner, name, value, byName);
  if (!path.startsWith("django.")) return undefined;
  if (field === "GenericForeignKey")
    return {
      relation: {
        name,
        owner: owner.statement.name,
        kind: "one",
        target: undefined,
        inverse: undefined,
        isQuery: false,
        isSettled: true,
      },
      reverse: undefined,
    };
  if (!/^(?:ForeignKey|OneToOneField|ManyToManyField|GenericRelation)$/u.test(field))
    return undefined;
  const target = targetOf(scope, owner, argumentOf(value, "to", 0), byName);
  const isOne = field === "ForeignKey" || field === "OneToOneField";
  const relation = {
    name,
    owner: owner.statement.name,
    kind: isOne ? "one" : "many",
    target,
    inverse: undefined,
    isQuery: !isOne,
    isSettled: false,
  } as const;
  return { relation, reverse: target && reverseOf(scope, owner, target, name, field, value) };
}

/** `ForeignKeyField(Author, backref="books")` */
function readPeeweeKey(
  scope: Scope,
  owner: ClassDefinition,
  name: string,
  call: CallExpression,
  byName: ByName,
): Read {
  const target = targetOf(scope, owner, argumentOf(call, "model", 0), byName);
  const own = owner.statement.name;
  const shared = { owner: own, isSettled: false, inverse: undefined };
  const reverse: Relation | undefined = target && {
    ...shared,
    name: textOf(scope, argumentOf(call, "backref")) ?? `${own.toLowerCase()}_set`,
    owner: target.statement.name,
    kind: "many",
    target: owner,
    inverse: name,
    isQuery: true,
  };
  return { relation: { ...shared, name, kind: "one", target, isQuery: false }, reverse };
}

/** `fields.ForeignKeyField("models.Vendor", related_name="products")`: a query until it is awaited. */
function readTortoiseKey(
  scope: Scope,
  owner: ClassDefinition,
  name: string,
  field: string,
  call: CallExpression,
  byName: ByName,
): Read {
  const target = targetOf(scope, owner, argumentOf(call, "model_name", 0), byName);
  const own = owner.statement.name;
  const isMany = field === "ManyToManyField";
  const shared = { isSettled: false, isQuery: true } as const;
  const back = textOf(scope, argumentOf(call, "related_name"));
  const reverse: Relation | undefined = target && {
    ...shared,
    name: back ?? `${own.toLowerCase()}s`,
    owner: target.statement.name,
    kind: field === "OneToOneField" ? "one" : "many",
    target: owner,
    inverse: isMany ? undefined : name,
  };
  const kind = isMany ? "many" : "one";
  return { relation: { ...shared, name, owner: own, kind, target, inverse: undefined }, reverse };
}

/** `order_set`, what `related_name` says, or nothing where it ends with `+`. */
function reverseOf(
  scope: Scope,
  owner: ClassDefinition,
  target: ClassDefinition,
  forward: string,
  field: string,
  call: CallExpression,
): Relation | undefined {
  if (field === "GenericRelation") return undefined;
  const model = owner.statement.name.toLowerCase();
  const isOne = field === "OneToOneField";
  const given = argumentOf(call, "related_name");
  const written = given ? textOf(scope, given) : isOne ? model : `${model}_set`;
  if (written === undefined || written.endsWith("+")) return undefined;
  const name = written.replace("%(class)s", model).replace(/%\(app_label\)s_?/u, "");
  const of = target.statement.name;
  const kind = isOne ? "one" : "many";
  const inverse = field === "ManyToManyField" ? undefined : forward;
  return { name, owner: of, kind, target: owner, inverse, isQuery: !isOne, isSettled: false };
}

function readRelationship(
  scope: Scope,
  owner: ClassDefinition,
  { name, annotation }: Binding,
  call: CallExpression,
  byName: ByName,
): Read | undefined {
  const inner = annotation?.kind === "subscript" ? annotation : undefined;
  const { type, isMany } = annotatedTarget(annotation);
  const given = argumentOf(call, "argument", 0);
  const target =
    targetOf(scope, owner, given?.kind === "lambda" ? given.body : given, byName) ??
    targetOf(scope, owner, type, byName);
  if (!target) return undefined;
  const usesList = argumentOf(call, "uselist");
  const isOne =
    (usesList !== undefined && !isSet(usesList)) ||
    (inner !== undefined && type !== undefined && !isMany) ||
    // Without an annotation: the side that holds the key has one row.
    (!isMany && inner === undefined && pointsTo(owner, target));
  const backref = argumentOf(call, "backref");
  const reverseName =
    textOf(scope, backref) ??
    (backref?.kind === "call" ? textOf(scope, argumentOf(backref, "name", 0)) : undefined);
  const relation = {
    name,
    owner: owner.statement.name,
    kind: isOne ? "one" : "many",
    target,
    inverse: reverseName ?? textOf(scope, argumentOf(call, "back_populates")),
    isQuery: isDynamic(scope, call),
    isSettled: isSettledBy(scope, call),
  } as const;
  const reverse: Relation | undefined =
    reverseName === undefined
      ? undefined
      : {
          name: reverseName,
          owner: target.statement.name,
          kind: isOne ? "many" : "one",
          target: owner,
          inverse: name,
          isQuery: backref?.kind === "call" && isDynamic(scope, backref),
          isSettled: backref?.kind === "call" && isSettledBy(scope, backref),
        };
  return { relation, reverse };
}

/** `lazy="selectin"` comes with the row, `raise` refuses. */
function isSettledBy(scope: Scope, call: CallExpression): boolean {
  const lazy = lazyOf(call);
  if (!lazy) return call.arguments.some(({ spread }) => spread !== "");
  if (lazy.kind === "singleton") return lazy.value === false;
  const text = textOf(scope, lazy);
  return text !== "select" && text !== "true" && text !== "dynamic";
}

function isDynamic(scope: Scope, call: CallExpression): boolean {
  return textOf(scope, lazyOf(call)) === "dynamic";
}

function lazyOf(call: CallExpression): Expression | undefined {
  const options = argumentOf(call, "sa_relationship_kwargs");
  const entry =
    options?.kind === "dict"
      ? options.entries.find(({ key }) => key?.kind === "string" && key.value === "lazy")?.value
      : undefined;
  return argumentOf(call, "lazy") ?? entry;
}

/** `Mapped[list["Item"]]`, `Mapped["Customer | None"]`, `List["Item"]`, `Optional[Customer]`. */
function annotatedTarget(annotation: Expression | undefined): {
  readonly type: Expression | undefined;
  readonly isMany: boolean;
} {
  let type = annotation;
  let isMany = false;
  for (let depth = 0; depth < 5 && type; depth += 1) {
    if (type.kind === "subscript") {
      const { object, index } = type;
      const word =
        object.kind === "name" ? object.id : object.kind === "attribute" ? object.name : "";
      isMany ||= /^(?:list|set|sequence|collection|iterable)$/iu.test(word);
      type = index;
    } else if (type.kind === "binary") type = type.left;
    else break;
  }
  return { type, isMany };
}

function pointsTo(owner: ClassDefinition, target: ClassDefinition): boolean {
  const table = scopeTable(target);
  return linesOf(owner.statement.body).some((line) => {
    const code = owner.module.text.slice(line.start, line.end);
    return (
      /\b(?:ForeignKey|foreign_key)\b/u.test(code) &&
      (code.includes(`"${table}.`) ||
        code.includes(`'${table}.`) ||
        code.includes(`${target.statement.name}.`))
    );
  });
}

function scopeTable(definition: ClassDefinition): string {
  const name = definition.attributes.get("__tablename__")?.constants?.[0];
  return typeof name === "string" ? name : definition.statement.name.toLowerCase();
}

/** The model a text or a name means; of several with one name the nearest. */
function targetOf(
  scope: Scope,
  owner: ClassDefinition,
  expression: Expression | undefined,
  byName: ByName,
): ClassDefinition | undefined {
  if (!expression) return undefined;
  const text = expression.kind === "string" ? expression.value : undefined;
  if (text === "self") return owner;
  if (text === undefined) {
    const meant = classMeant(scope, expression);
    if (meant) return meant;
    if (expression.kind === "attribute" && expression.name === "AUTH_USER_MODEL")
      return userModelOf(scope.program);
    // Named under `TYPE_CHECKING`, or before it is defined.
    return expression.kind === "name" ? soleNamed(byName, expression.id, owner) : undefined;
  }
  const name = lastPart(text.replace(/\s*\|\s*None$/u, "").replace(/^Optional\[(.*)\]$/u, "$1"));
  return soleNamed(byName, name.replaceAll(/["'\]]/gu, ""), owner);
}

function soleNamed(
  byName: ByName,
  name: string,
  owner: ClassDefinition,
): ClassDefinition | undefined {
  const named = byName.get(name) ?? [];
  return (
    named.find(({ module }) => module === owner.module) ??
    (named.length === 1 ? named[0] : undefined)
  );
}
