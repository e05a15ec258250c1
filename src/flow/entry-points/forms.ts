// Forms, serializers, and addresses: what a field or a converter checks is no text of the visitor's.
// https://docs.djangoproject.com/en/stable/ref/forms/fields/ https://www.django-rest-framework.org/api-guide/fields/

import { emptyObject, newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { inheritsFrom } from "../language/attributes.ts";
import { makeValue, type Value } from "../values/value.ts";
import { partsOfRule } from "./route-rules.ts";
import { styleOf } from "./route-styles.ts";

const forms = [
  { attribute: "cleaned_data", base: "django.forms.BaseForm" },
  { attribute: "validated_data", base: "rest_framework.serializers.BaseSerializer" },
] as const;

/**
 * The fields of `form.cleaned_data` and the parts of a view's `self.kwargs` that are checked, as a dict;
 * `undefined` for any other attribute.
 */
export function checkedFields(frame: Frame, object: Value, name: string): Value | undefined {
  if (name === "kwargs") return checkedAddress(frame, object);
  const form = forms.find(({ attribute }) => attribute === name);
  if (!form) return undefined;
  for (const type of object.types) {
    const definition = frame.machine.classes.get(type);
    if (!definition || !inheritsFrom(frame, definition, form.base)) continue;
    const entries = new Map<string, Value>();
    for (const [field, value] of definition.attributes)
      if (value.types.some((each) => checkedField.test(each))) entries.set(field, makeValue({}));
    if (entries.size === 0) return undefined;
    return newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  }
  return undefined;
}

function checkedAddress(frame: Frame, object: Value): Value | undefined {
  for (const type of object.types) {
    const definition = frame.machine.classes.get(type);
    const route = definition && frame.machine.routeOf(definition);
    const style = route && styleOf(route.style);
    if (!route || !style) continue;
    const parts = route.rules.flatMap((rule) => partsOfRule(rule, style.notation));
    const texts = parts.flatMap(({ name, kind }) => (kind === "harmless" ? [] : [name]));
    const entries = new Map(
      parts.flatMap(({ name, type: made }) =>
        name === undefined || texts.includes(name)
          ? []
          : [[name, makeValue({ types: [made] })] as const],
      ),
    );
    if (entries.size > 0)
      return newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  }
  return undefined;
}

/** Numbers, dates, choices and rows of our own: the field raises on anything else. */
const checkedField =
  /^(?:django\.forms|rest_framework\.serializers)\.(?:\w*(?:Integer|Float|Decimal|Boolean|Date|Time|Duration|UUID|Choice)Field|PrimaryKeyRelatedField)$/u;
