// Whether code names a password that a person typed, and what it is not.

import type { Expression } from "../../python/syntax.ts";
import { calledName, rootOf } from "../passage.ts";
import { credentialKind, wordsOf } from "../secrets/credential-name.ts";

/** `password`, `user.password`, `form["passwd"]`, `data.get("password")`; of anything else `undefined`. */
export function passwordName(expression: Expression): string | undefined {
  const name = lastName(expression);
  return name !== undefined && credentialKind(name) === "password" ? name : undefined;
}

function lastName(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "name":
      return expression.id;
    case "attribute":
      // `form.password.data` of WTForms.
      return expression.name === "data" ? lastName(expression.object) : expression.name;
    case "subscript":
      return expression.index.kind === "string" ? expression.index.value : undefined;
    case "call": {
      const [key] = expression.arguments;
      return ["get", "pop"].includes(calledName(expression)) && key?.value.kind === "string"
        ? key.value.value
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Typed once more, or the one before: compared with each other all day. */
export function isSecondEntry(name: string): boolean {
  return wordsOf(name).some((word) =>
    /^(?:confirm\w*|repeat\w*|retype\w*|again|verify|verification|old|new|current|previous|re|second|first|default|\w*[12])$/u.test(
      word,
    ),
  );
}

/** As a visitor sent it: a name by itself, or a part of a form, a request or its data. */
export function isTyped(expression: Expression): boolean {
  if (passwordName(expression) === undefined) return false;
  return expression.kind === "name" || incoming.test(rootOf(expression) ?? "");
}

const incoming =
  /^(?:request|req|form|data|payload|body|json|json_data|cleaned_data|credentials|creds|login|args|params|validated_data|form_data|login_data|login_form|user_in|user_data|serializer|schema)$/u;

/** As it was kept: a field of a record that is no form. */
export function isKept(expression: Expression): boolean {
  const isField = expression.kind === "attribute" || expression.kind === "subscript";
  const root = rootOf(expression) ?? "";
  return (
    isField &&
    passwordName(expression) !== undefined &&
    /user|account|member|customer|row|record|person|admin|client|employee|profile|entry|found|^db_|^u$|^result$/iu.test(
      root,
    ) &&
    !incoming.test(root)
  );
}

/** The name in the code of a source: `password` of `request.form["password"]`, of `password: str`, of `self.password`. */
export function passwordNameOf(code: string): string | undefined {
  const key = [...code.matchAll(/[[(]\s*b?["']([^"']+)["']/gu)].at(-1)?.[1];
  const name =
    key ?? /^\*{0,2}(\w+)\s*(?:[:=]|$)/u.exec(code)?.[1] ?? /(\w+)\s*(?:\(\))?$/u.exec(code)?.[1];
  return name !== undefined && credentialKind(name) === "password" ? name : undefined;
}
