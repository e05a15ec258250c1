// What a visitor sent is put into the session unchecked, where the rest of the program takes it for its own.

import { calledName, codeOf, isTestPath, type Passage, taintRule } from "#rule";

export default taintRule({
  from: ["http-input"],
  into: ["session"],
  isHarmless: (passage) =>
    isTestPath(passage.flow.call.module.path) ||
    // What unknown code finds by a text is seldom the text itself.
    passage.flow.label.hops > 0 ||
    isChecked(passage),
  message: ({ source, flow }) =>
    isKey(flow)
      ? `${source} decides which entry of the session is written, so a visitor can set any of them. Write keys of your own.`
      : `${source} is kept in the session as it was sent, where later code takes it for something this program made sure of. Check it first, or keep what the database says.`,
});

/** `session[name] = True`: the value comes after the key. */
function isKey({ argument, call }: Passage["flow"]): boolean {
  const before = call.module.text.slice(call.start, argument.start);
  const after = call.module.text.slice(argument.end, call.end);
  return /\[\s*$/u.test(before) && /^\s*\]\s*=/u.test(after);
}

/** A form or a schema has looked at it, or some function around asks whether it is valid. */
function isChecked({ source, passed, around, flow, holdsValue }: Passage): boolean {
  const isCleaned = (code: string): boolean => /\b(?:cleaned_data|validated_data)\b/u.test(code);
  if (isCleaned(source) || isCleaned(codeOf(flow.argument))) return true;
  return [...around, ...passed].some(
    (expression) =>
      expression.kind === "call" &&
      checks.test(calledName(expression)) &&
      expression.arguments.some(({ value }) => holdsValue(value)),
  );
}

// Words that only ever make Pyward silent.
const checks = /valid|safe|allow|verif|check|authenticat|sanit|clean|permit|authori[sz]|known/iu;
