// Registering what answers requests: `@app.route("/x")`, `app.add_url_rule("/x", view_func=f)`,
// `Application([(r"/x", Handler)])`.

import { everyArgument, markedArguments } from "../calls/arguments.ts";
import { type CallArguments, type Frame, objectsOf, type Route } from "../frame.ts";
import type { ApiModel, RouteModel } from "../models.ts";
import type { Value } from "../values/value.ts";
import { answeringMethods } from "./view-methods.ts";

/** A call that registers: whatever is given to it answers requests. */
export function noteRoutes(frame: Frame, model: ApiModel | undefined, given: CallArguments): void {
  if (!model?.route) return;
  const route = routeOfCall(frame, model.route, given);
  for (const value of everyArgument(given)) noteHandlers(frame, value, route);
}

/** The route that a call, or a decorator with these arguments, makes. */
export function routeOfCall(frame: Frame, model: RouteModel, given: CallArguments): Route {
  const rules = markedArguments(model.signature, given).flatMap(
    ({ argument }) => argument.value.constants?.filter((each) => typeof each === "string") ?? [],
  );
  const { models } = frame.machine;
  const isHtml = given.keywords
    .get("response_class")
    ?.value.references.some(
      (reference) =>
        reference.kind === "api" &&
        models.canonical(reference.path) === "starlette.responses.HTMLResponse",
    );
  return { style: model.style, rules, ...(isHtml ? { isHtml } : {}) };
}

/** Functions, classes of views, resources; and tables of pairs of a pattern and one of these. */
export function noteHandlers(frame: Frame, value: Value, route: Route, depth = 0): void {
  const { machine } = frame;
  const routeClass = (path: string): void => {
    const definition = machine.classes.get(path);
    if (!definition) return;
    machine.routeClass(definition, route);
    for (const method of answeringMethods(frame, definition, route))
      machine.route(method.definition, method.route);
  };
  for (const reference of value.references) {
    if (reference.kind === "function") {
      // A lambda is run by itself only if something is known of who calls it.
      machine.define(reference);
      machine.route(reference.definition, route);
    }
    if (reference.kind === "class") routeClass(reference.definition.path);
    else if (reference.kind === "partial") {
      noteHandlers(frame, reference.callee, route, depth + 1);
      // What a library makes of a function still answers by it.
      const isOfLibrary = reference.callee.references.some(({ kind }) => kind === "api");
      const [bound] = isOfLibrary ? reference.positional : [];
      if (bound && depth <= 2) noteHandlers(frame, bound, route, depth + 1);
    }
  }
  if (value.references.length === 0) for (const type of value.types) routeClass(type);
  if (depth > 2) return;
  const items = objectsOf(frame, value).flatMap(({ object }) =>
    object.kind === "list" ? [...(object.items ?? []), ...(object.rest ? [object.rest] : [])] : [],
  );
  for (const item of items) noteHandlers(frame, item, route, depth + 1);
  const [first, ...rest] = value.elements ?? [];
  const rule = first?.constants?.[0];
  const own = typeof rule === "string" ? { ...route, rules: [rule] } : route;
  for (const item of rest) noteHandlers(frame, item, own, depth + 1);
}
