// What a route gives back: a text that is the page, an answer in parts, an address that the browser follows.

import type { Span } from "../../python/module.ts";
import { deepLabels } from "../data/containers.ts";
import { type Frame, objectsOf } from "../frame.ts";
import { clearedBits } from "../values/state.ts";
import type { Label, Value } from "../values/value.ts";
import { isFixedByPrefix, isOwnPage } from "./sinks.ts";

/** The API path of what a route returns. */
const returned = "route.return";

function tell(frame: Frame, concept: string, label: Label, span: Span): void {
  frame.machine.recorder.recordFlow({
    ...{ concept, label, path: returned, isTyped: true },
    ...{ call: span, callee: span, argument: span },
    definition: frame.definition,
  });
}

/** Whatever a route returns is sent to the visitor, where the framework makes an answer of it. */
export function checkAnswered(frame: Frame): void {
  const concept = "response";
  const bit = frame.machine.models.bitOfSink(concept);
  for (const { value, state, span } of frame.returns) {
    if (!span) continue;
    const body = value.elements?.[0] ?? value;
    for (const label of deepLabels({ ...frame, state }, body, 2)) {
      if ((clearedBits(label, state) & bit) !== 0) continue;
      tell(frame, concept, label, span);
    }
  }
}

/**
 * What a function behind a gateway returns is an answer in parts: its body is a page where its headers say so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function checkGatewayAnswer(frame: Frame): void {
  const { models } = frame.machine;
  for (const { value, state, span } of frame.returns) {
    const at = { ...frame, state };
    if (!span) continue;
    for (const { object } of objectsOf(at, value)) {
      const body = object.entries.get("body");
      const headers = object.entries.get("headers");
      const isPage = headers !== undefined && saysHtml(at, headers);
      const concepts = ["response", ...(isPage ? ["html"] : [])];
      for (const label of body ? deepLabels(at, body, 2) : []) {
        const cleared = clearedBits(label, state);
        for (const concept of concepts) {
          if (label.hops > 0 || (cleared & models.bitOfSink(concept)) !== 0) continue;
          tell(frame, concept, label, span);
        }
      }
    }
  }
}

/** `return "", 302, {"Location": url}`, and the same in the parts of a gateway's answer. */
export function checkLocation(frame: Frame): void {
  const concept = "redirect";
  const { models } = frame.machine;
  for (const { value, state, span } of frame.returns) {
    const at = { ...frame, state };
    const parts = value.elements?.slice(1) ?? [];
    const nested = objectsOf(at, value).flatMap(
      ({ object }) => object.entries.get("headers") ?? [],
    );
    for (const { object } of [...parts, ...nested].flatMap((each) => objectsOf(at, each))) {
      const [, target] = [...object.entries].find(([name]) => /^location$/iu.test(name)) ?? [];
      if (!span || !target || isFixedByPrefix(concept, target.prefix)) continue;
      for (const label of target.labels) {
        const cleared = clearedBits(label, state);
        if ((cleared & models.bit(concept)) !== 0 || isOwnPage(models, cleared)) continue;
        tell(frame, concept, label, span);
      }
    }
  }
}

function saysHtml(frame: Frame, headers: Value): boolean {
  return objectsOf(frame, headers).some(({ object }) =>
    [...object.entries].some(
      ([name, value]) =>
        /^content-type$/iu.test(name) &&
        value.constants?.some((each) => /html/iu.test(String(each))),
    ),
  );
}

/** Text that a route returns is the page itself, where the framework sends text as HTML. */
export function checkReturned(frame: Frame, concept: string): void {
  const bit = frame.machine.models.bitOfSink(concept);
  for (const { value, state, span } of frame.returns) {
    if (!span) continue;
    const body = value.elements?.[0] ?? value;
    const isText = body.objects.length === 0 && body.types.every((type) => type === "str");
    if (!isText) continue;
    frame.machine.observer?.arrived(
      { ...frame, state },
      {
        concept,
        path: returned,
        call: span,
        parameter: "return",
        argument: { value: body, span },
        isFixed: false,
      },
    );
    for (const label of body.labels) {
      // What unknown code made of it may be anything, not only this text.
      if (label.hops > 0 || (clearedBits(label, state) & bit) !== 0) continue;
      tell(frame, concept, label, span);
    }
  }
}
