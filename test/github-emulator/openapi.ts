// GitHub's own description of its REST API: which operation a request is, and whether what is said fits it.
// Schemas are converted and compiled only when first needed; parsing the description is the one cost at start.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createSchemas, type Schema, type Schemas } from "./schemas.ts";

export interface Operation {
  /** As GitHub names it: `pulls/create-review`. */
  readonly id: string;
  readonly method: string;
  /** `/repos/{owner}/{repo}/pulls/{pull_number}/reviews`. */
  readonly template: string;
  readonly triggersNotification: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody:
    | { readonly required: boolean; readonly schema: Schema | undefined }
    | undefined;
  /** By status; the JSON schema, or `undefined` where the answer is not JSON. */
  readonly responses: ReadonlyMap<number, Schema | undefined>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Description {
  readonly schemas: Schemas;
  /** The operation of a request and its path's parts, decoded. */
  match(method: string, path: string): Match | undefined;
}

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

let parsed: Description | undefined;

/** Reads the description of api.github.com; once per process. */
export function describeGitHub(): Description {
  parsed ??= readDescription();
  return parsed;
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly (RawParameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required?: boolean; readonly content: RawContent };
  readonly responses: Readonly<Record<string, { $ref: string } | { content?: RawContent }>>;
  readonly "x-github"?: { readonly triggersNotification?: boolean };
}

interface RawParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly "x-multi-segment"?: boolean;
}

type RawContent = Readonly<Record<string, { readonly schema?: Schema }>>;

interface RawDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly parameters: Readonly<Record<string, RawParameter>>;
    readonly responses: Readonly<Record<string, { readonly content?: RawContent }>>;
  };
}

interface Route {
  readonly template: string;
  readonly segments: readonly string[];
  readonly raw: RawOperation;
  readonly method: string;
}

function readDescription(): Description {
  const file = createRequire(import.meta.url).resolve(
    "@octokit/openapi/generated/api.github.com.json",
  );
  const raw = JSON.parse(readFileSync(file, "utf8")) as RawDescription;
  correct(raw.components.schemas);
  const schemas = createSchemas("api", raw.components.schemas, true);
  const routes: Route[] = [];
  for (const [template, methods] of Object.entries(raw.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const segments = template.split("/").slice(1);
      routes.push({ template, segments, raw: operation, method: method.toUpperCase() });
    }
  }
  const operations = new Map<Route, Operation>();
  const operationOf = (route: Route): Operation => {
    const known = operations.get(route);
    if (known) return known;
    const operation = readOperation(raw, route);
    operations.set(route, operation);
    return operation;
  };
  return {
    schemas,
    match(method, path) {
      const segments = path
        .replace(/(\/contents)$/, "$1/")
        .split("/")
        .slice(1);
      const fitting = routes.filter(
        (route) => route.method === method && fits(raw, route, segments),
      );
      // Where several fit, the longest is meant, and then the one with words rather than holes on the left.
      const holes = (route: Route) =>
        route.segments.map((segment) => (segment.startsWith("{") ? "1" : "0")).join("");
      const [route] = fitting.sort(
        (a, b) => b.segments.length - a.segments.length || holes(a).localeCompare(holes(b)),
      );
      if (!route) return undefined;
      return { operation: operationOf(route), params: readParams(route, segments) };
    },
  };
}

/**
 * Where GitHub answers otherwise than its description says: an outdated comment's `line` and
 * `position` are null.
 */
function correct(schemas: Record<string, Schema>): void {
  for (const name of ["review-comment", "pull-request-review-comment"]) {
    const properties = schemas[name]?.properties as Record<string, Schema> | undefined;
    for (const key of ["line", "position", "original_line", "original_position"]) {
      const property = properties?.[key];
      if (properties && property) properties[key] = { ...property, nullable: true };
    }
  }
}

/** The list's description wants an account to be a user and an enterprise; each one's says "or". */
function correctAnswer(operation: string, schema: Schema | undefined): Schema | undefined {
  if (operation !== "apps/list-installations" || schema?.type !== "array") return schema;
  return { type: "array", items: { $ref: "#/components/schemas/installation" } };
}

function fits(raw: RawDescription, route: Route, segments: readonly string[]): boolean {
  if (segments.length < route.segments.length) return false;
  const last = route.segments.length - 1;
  const spans = segments.length > last + 1 || segments[last] === "";
  if (
    !route.segments.every(
      (segment, index) => segment.startsWith("{") || segment === segments[index],
    )
  ) {
    return false;
  }
  if (route.segments.some((_, index) => index < last && segments[index] === "")) return false;
  return !spans || lastSpansSegments(raw, route);
}

function lastSpansSegments(raw: RawDescription, route: Route): boolean {
  const name = /^\{(.+)\}$/.exec(route.segments.at(-1) ?? "")?.[1];
  if (name === undefined) return false;
  return parametersOf(raw, route.raw).some((each) => each.name === name && each["x-multi-segment"]);
}

function readParams(route: Route, segments: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  route.segments.forEach((segment, index) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) return;
    const isLast = index === route.segments.length - 1;
    const text = isLast ? segments.slice(index).join("/") : (segments[index] ?? "");
    params[name] = decode(text);
  });
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parametersOf(raw: RawDescription, operation: RawOperation): readonly RawParameter[] {
  return (operation.parameters ?? []).flatMap((each) => {
    if (!("$ref" in each)) return [each];
    const found = raw.components.parameters[lastPart(each.$ref)];
    return found ? [found] : [];
  });
}

function readOperation(raw: RawDescription, route: Route): Operation {
  const { requestBody } = route.raw;
  const responses = new Map<number, Schema | undefined>();
  for (const [status, response] of Object.entries(route.raw.responses)) {
    const whole = "$ref" in response ? raw.components.responses[lastPart(response.$ref)] : response;
    responses.set(
      Number(status),
      correctAnswer(route.raw.operationId, whole?.content?.["application/json"]?.schema),
    );
  }
  return {
    id: route.raw.operationId,
    method: route.method,
    template: route.template,
    triggersNotification: route.raw["x-github"]?.triggersNotification === true,
    parameters: parametersOf(raw, route.raw).flatMap((each) =>
      each.in === "path" || each.in === "query"
        ? [{ name: each.name, in: each.in, required: each.required === true, schema: each.schema }]
        : [],
    ),
    requestBody: requestBody && {
      required: requestBody.required === true,
      schema: requestBody.content["application/json"]?.schema,
    },
    responses,
  };
}

function lastPart(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
