// Which methods of a view class answer requests.

import { inheritsFrom, lookUpMember } from "./attributes.ts";
import type { Frame } from "./frame.ts";
import type { ClassDefinition, FunctionDefinition } from "./value.ts";

/** Classes of libraries whose methods of certain names answer requests. */
const viewClasses: readonly { readonly base: string; readonly style: string }[] = [
  // Before Django's, from which it comes.
  { base: "rest_framework.views.APIView", style: "rest-framework" },
  { base: "django.views.View", style: "django" },
  { base: "flask.views.View", style: "flask" },
];
const httpMethods = ["get", "post", "put", "patch", "delete", "head", "options"];
const dispatchers = ["dispatch", "dispatch_request"];
/** https://www.django-rest-framework.org/api-guide/viewsets/ */
const viewSetActions = ["list", "create", "retrieve", "update", "partial_update", "destroy"];

/** The style in which a method is handed its request; `undefined` for a method that answers none. */
export function styleOfMethod(
  frame: Frame,
  owner: ClassDefinition,
  name: string,
): string | undefined {
  const isAction = viewSetActions.includes(name);
  if (!isAction && !httpMethods.includes(name) && !dispatchers.includes(name)) return undefined;
  const style = viewClasses.find(({ base }) => inheritsFrom(frame, owner, base))?.style;
  return isAction && style !== "rest-framework" ? undefined : style;
}

/** The methods of a class, its own and inherited, that answer requests. */
export function answeringMethods(
  frame: Frame,
  owner: ClassDefinition,
): readonly FunctionDefinition[] {
  return [...httpMethods, ...viewSetActions, ...dispatchers].flatMap((name) => {
    if (styleOfMethod(frame, owner, name) === undefined) return [];
    const method = lookUpMember(frame, owner, name);
    return (method?.references ?? []).flatMap((reference) =>
      reference.kind === "function" ? [reference.definition] : [],
    );
  });
}
