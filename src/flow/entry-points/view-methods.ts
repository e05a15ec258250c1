// Which methods of a class answer requests: those that a library's class leaves to be written (`views` in the
// models), and those that a style tells by their names.

import type { Frame, Route } from "../frame.ts";
import { lookUpMember } from "../language/attributes.ts";
import { parseSignature, type RouteModel } from "../models.ts";
import type { ClassDefinition, FunctionDefinition } from "../values/value.ts";
import { styleOf } from "./route-styles.ts";

/** How a method of a view class is reached; `undefined` for one that answers nothing. */
export function viewRoute(
  frame: Frame,
  owner: ClassDefinition,
  name: string,
): (RouteModel & Pick<Route, "rules">) | undefined {
  const { models } = frame.machine;
  // A row whose name ends with `_` stands for every name that begins so: `resolve_`.
  const names = [name, name.slice(0, name.indexOf("_") + 1)].filter((each) => each !== "");
  for (const base of libraryBases(frame, owner)) {
    if (servicer.test(base) && /^[A-Z]/u.test(name)) return remoteCall;
    for (const each of names) {
      const view = models.find(`${base}.${each}`)?.view;
      if (view) return { ...view, rules: [] };
    }
  }
  return undefined;
}

/** What the compiler of protocol buffers makes for a service: https://grpc.io/docs/languages/python/basics/ */
const servicer = /(?:^|\.)\w+_pb2_grpc\.\w+Servicer$/u;
const remoteCall = { style: "grpc", signature: parseSignature("grpc.servicer()"), rules: [] };

/** The methods of a class, its own and inherited, that answer requests of this style. */
export function answeringMethods(
  frame: Frame,
  owner: ClassDefinition,
  route: Route,
): readonly { readonly definition: FunctionDefinition; readonly route: Route }[] {
  return [...methodNames(owner)].flatMap((name) => {
    const view = viewRoute(frame, owner, name);
    if (!view && !styleOf(route.style)?.methods?.test(name)) return [];
    const method = lookUpMember(frame, owner, name);
    return (method?.references ?? []).flatMap((reference) =>
      reference.kind === "function"
        ? [{ definition: reference.definition, route: { ...view, ...route, ...styleIn(view) } }]
        : [],
    );
  });
}

/** What the class says of its style is closer than what the call that registers it does. */
function styleIn(view: RouteModel | undefined): Partial<Pick<Route, "style">> {
  return view ? { style: view.style } : {};
}

function methodNames(owner: ClassDefinition, seen = 0): ReadonlySet<string> {
  const names = new Set(owner.attributes.keys());
  if (seen > 20) return names;
  for (const base of owner.bases) {
    for (const reference of base.references) {
      if (reference.kind !== "class") continue;
      for (const name of methodNames(reference.definition, seen + 1)) names.add(name);
    }
  }
  return names;
}

/** The classes of libraries that a class comes from, nearest first. */
function libraryBases(frame: Frame, owner: ClassDefinition, seen = 0): readonly string[] {
  if (seen > 20) return [];
  return owner.bases.flatMap((base) => [
    ...base.references.flatMap((reference) => {
      if (reference.kind === "class") return libraryBases(frame, reference.definition, seen + 1);
      return reference.kind === "api" ? [reference.path] : [];
    }),
    ...base.types,
  ]);
}
