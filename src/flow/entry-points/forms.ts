// Forms, serializers, and addresses: what a field or a converter checks is no text of the visitor's.
// https://docs.djangoproject.com/en/stable/ref/forms/fields/ https://www.django-rest-framework.org/api-guide/fields/

import { noArguments } from "../calls/arguments.ts";
import { emptyObject, newObject } from "../data/containers.ts";
import type { Frame } from "../frame.ts";
import { checkedFormField } from "../known/form-fields.ts";
import { inheritsFrom, lookUpMember } from "../language/attributes.ts";
import {
  type ClassDefinition,
  type FunctionDefinition,
  makeValue,
  type Value,
} from "../values/value.ts";
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
      if (value.types.some(isCheckedField)) entries.set(field, makeValue({}));
    if (name === "cleaned_data") cleanFields(frame, object, definition, entries);
    if (entries.size === 0) return undefined;
    return newObject(frame, { ...emptyObject("dict"), entries, isClosed: false });
  }
  return undefined;
}

/** What `clean_host(self)` gives is what stands under `host`. */
function cleanFields(
  frame: Frame,
  form: Value,
  definition: ClassDefinition,
  entries: Map<string, Value>,
): void {
  for (let at: Frame | undefined = frame; at; at = at.caller)
    if (at.definition?.owner === definition && at.definition.name.startsWith("clean")) return;
  for (const [name, method] of definition.attributes) {
    const field = name.startsWith("clean_") ? name.slice("clean_".length) : "";
    if (!definition.attributes.has(field) || entries.has(field) || !frame.state) continue;
    const [cleaner] = method.references;
    if (cleaner?.kind !== "function") continue;
    const { span } = cleaner.definition;
    const bound = makeValue({ references: [{ ...cleaner, self: form }] });
    entries.set(field, frame.machine.call(frame, bound, noArguments, span, span));
  }
}

/** The form that a view of Django's is given once it is valid: of the class it names, or one made of its model. */
export function formOfView(
  frame: Frame,
  { owner, name }: FunctionDefinition,
  position: number,
): Value | undefined {
  if (!owner || position !== 1 || !/^form_(?:in)?valid$/u.test(name)) return undefined;
  if (!inheritsFrom(frame, owner, "django.views.View")) return undefined;
  const [form] = lookUpMember(frame, owner, "form_class")?.references ?? [];
  return form?.kind === "class"
    ? frame.machine.instanceOf(form.definition)
    : makeValue({ types: ["django.forms.ModelForm"] });
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

function isCheckedField(type: string): boolean {
  return type === checkedFormField || checkedField.test(type);
}

/** Numbers, dates, choices and rows of our own: the field raises on anything else. */
const checkedField =
  /^(?:django\.forms|rest_framework\.serializers)\.(?:\w*(?:Integer|Float|Decimal|Boolean|Date|Time|Duration|UUID|Choice|Slug)Field|PrimaryKeyRelatedField)$/u;
