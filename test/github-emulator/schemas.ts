// Checks values against the schemas of an OpenAPI description, converting and compiling each at first use.

import { Ajv, type AnySchemaObject, type ValidateFunction } from "ajv";
import * as formats from "ajv-formats";

export type Schema = { readonly [keyword: string]: unknown };

export interface Schemas {
  /** What is wrong with a value, one sentence per fault. */
  faults(schema: Schema, value: unknown): readonly string[];
}

/**
 * A reader of the named components; `prefix` keeps the names of two descriptions apart. With `strictKeys`
 * a key the schema does not name is a fault too.
 */
export function createSchemas(
  prefix: string,
  components: Readonly<Record<string, Schema>>,
  strictKeys: boolean,
): Schemas {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    code: { optimize: false },
    inlineRefs: false,
    validateFormats: true,
    coerceTypes: false,
  });
  formats.default.default(ajv);
  for (const name of ["int32", "int64", "uri-template", "repo.nwo"]) ajv.addFormat(name, true);
  const added = new Set<string>();
  const compiled = new Map<Schema, ValidateFunction>();

  const add = (name: string): void => {
    if (added.has(name)) return;
    added.add(name);
    const schema = components[name];
    if (!schema) throw new Error(`the description has no schema ${name}`);
    ajv.addSchema(convert(schema, refer), `${prefix}:${name}`);
  };
  const refer = (reference: string): string => {
    const name = reference.slice(reference.lastIndexOf("/") + 1);
    add(name);
    return `${prefix}:${name}`;
  };
  const faults = (schema: Schema, value: unknown): readonly string[] => {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajv.compile(convert(schema, refer));
      compiled.set(schema, validate);
    }
    validate(value);
    const told = (validate.errors ?? []).map((error) =>
      `${error.instancePath || "/"} ${error.message ?? "is wrong"} ${describe(error.params)}`.trim(),
    );
    const unknown = strictKeys ? unknownKeys(schema, value, components, "") : [];
    return [...new Set([...told, ...unknown])];
  };
  return { faults };
}

function describe(params: Record<string, unknown>): string {
  const telling = params.allowedValues ?? params.additionalProperty ?? params.limit;
  return telling === undefined ? "" : `(${JSON.stringify(telling)})`;
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a union with null; references become names. */
function convert(schema: Schema, refer: (reference: string) => string): AnySchemaObject {
  const {
    nullable,
    discriminator: _,
    example: _e,
    examples: _es,
    description: _d,
    ...rest
  } = schema;
  const converted: AnySchemaObject = {};
  for (const [keyword, value] of Object.entries(rest)) {
    if (keyword === "$ref") converted.$ref = refer(String(value));
    else if (keyword === "properties" || keyword === "patternProperties") {
      converted[keyword] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([k, v]) => [k, convert(v, refer)]),
      );
    } else if (Array.isArray(value) && ["allOf", "anyOf", "oneOf"].includes(keyword)) {
      // GitHub's alternatives overlap (a file is also a symlink's shape): any that fits is well.
      converted[keyword === "oneOf" ? "anyOf" : keyword] = value.map((each) =>
        convert(each, refer),
      );
    } else if (["items", "additionalProperties", "not"].includes(keyword) && isObject(value)) {
      converted[keyword] = convert(value as Schema, refer);
    } else converted[keyword] = value;
  }
  // A schema may hold both its own alternatives and ours: then both must hold.
  if (nullable !== true) return converted;
  return { anyOf: [{ type: "null" }, converted] };
}

/** Keys that no part of the schema names. Free maps (`additionalProperties`) know every key. */
function unknownKeys(
  schema: Schema,
  value: unknown,
  components: Readonly<Record<string, Schema>>,
  at: string,
): readonly string[] {
  const parts = flatten(schema, components);
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (isObject(part.items) ? [part.items as Schema] : []));
    if (items.length === 0) return [];
    const item: Schema = items.length === 1 && items[0] ? items[0] : { anyOf: items };
    return value.flatMap((each, index) => unknownKeys(item, each, components, `${at}/${index}`));
  }
  if (!isObject(value)) return [];
  const named = new Map<string, Schema[]>();
  for (const part of parts) {
    for (const [key, property] of Object.entries(
      (part.properties ?? {}) as Record<string, Schema>,
    )) {
      named.set(key, [...(named.get(key) ?? []), property]);
    }
  }
  const describesKeys = parts.some((part) => part.properties !== undefined);
  // "true" beside listed properties is how the description writes its conditions, not a free map.
  const isMap = parts.some((part) => isObject(part.additionalProperties) || part.patternProperties);
  if (!describesKeys || isMap) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const property = named.get(key);
    if (!property) return [`${at}/${key} is not a key GitHub knows here`];
    return unknownKeys({ anyOf: property }, each, components, `${at}/${key}`);
  });
}

function flatten(schema: Schema, components: Readonly<Record<string, Schema>>): readonly Schema[] {
  if (typeof schema.$ref === "string") {
    const target = components[schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1)];
    return target ? flatten(target, components) : [];
  }
  const below = ["allOf", "anyOf", "oneOf"].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? (schema[keyword] as Schema[]).flatMap((each) => flatten(each, components))
      : [],
  );
  return [schema, ...below];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
