// Paths: which questions about a path keep it below a folder, and of which values that is said too.
// https://docs.python.org/3/library/pathlib.html, https://docs.python.org/3/library/os.path.html

import { everyArgument } from "../calls/arguments.ts";
import { carry, transformed } from "../calls/carry.ts";
import { noteSameText } from "../data/texts.ts";
import type { Frame } from "../frame.ts";
import {
  byLetters,
  factsOfBelow,
  isNormalPath,
  noteOnlyPart,
  noteWhole,
} from "../guards/path-facts.ts";
import { learn } from "../values/state.ts";
import { labelledValue, makeValue, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const pathCalls: KnownCalls = new Map(
  Object.entries({
    "os.fspath": asText,
    "os.fsdecode": asText,
    "os.path.join": joined,
    "os.path.abspath": normalised,
    "os.path.normpath": normalised,
    "os.path.realpath": normalised,
    "os.path.commonpath": commonPath,
    "os.path.commonprefix": commonPath,
    "os.path.relpath": normalised,
    "os.path.split": splitName,
    "os.path.splitext": splitExtension,
    "pathlib.Path": joined,
    "pathlib.PurePath": joined,
    "pathlib.Path.as_posix": asText,
    "pathlib.PurePath.as_posix": asText,
    "pathlib.Path.__str__": asText,
    "pathlib.PurePath.__str__": asText,
    "pathlib.PurePath.joinpath": joined,
    "pathlib.Path.joinpath": joined,
    "pathlib.Path.resolve": normalised,
    "pathlib.Path.is_relative_to": isBelow,
    "pathlib.PurePath.is_relative_to": isBelow,
    "pathlib.Path.relative_to": mustBeBelow,
    "pathlib.PurePath.relative_to": mustBeBelow,
  }),
);

function joined({ frame, path, receiver, given }: KnownCall): Value {
  const parts = [...(receiver ? [receiver] : []), ...everyArgument(given)];
  const types = path.startsWith("os.") ? ["str"] : ["pathlib.Path"];
  const whole = { ...carry(receiver, given, 0, frame), types };
  noteOnlyPart(frame, whole, parts);
  noteWhole(frame, whole, parts);
  return whole;
}

/** The path as a text: what is learnt of the one holds for the other. */
function asText({ frame, receiver, given }: KnownCall): Value {
  const path = receiver ?? given.positional[0]?.value;
  const text = transformed(frame, path?.labels ?? [], 0, ["str"]);
  if (path) noteSameText(frame, text, path);
  return text;
}

function normalised({ frame, path, receiver, given }: KnownCall): Value {
  const [first] = given.positional;
  const before = receiver ?? first?.value;
  const normal = frame.machine.models.bit("normal-path");
  const { labels } = transformed(frame, before?.labels ?? [], 0);
  const types = path.startsWith("os.") ? ["str"] : ["pathlib.Path"];
  const after = labelledValue(
    labels.map((label) => ({ ...label, cleared: label.cleared | normal })),
    { types },
  );
  if (before) noteOnlyPart(frame, after, [before]);
  return after;
}

/** `commonpath([path, base]) == base`: what the two have in common is the base, so the path is below it. */
function commonPath({ frame, path, given, span }: KnownCall): Value | undefined {
  const list = given.positional[0]?.value;
  if (!list) return undefined;
  const items = list.elements ?? itemsOf(frame, list) ?? [frame.machine.iterate(frame, list, span)];
  const { labels } = transformed(
    frame,
    items.flatMap((item) => item.labels),
    0,
  );
  const common = labelledValue(labels, { types: ["str"] });
  const foreign = items.filter((item) => item.labels.length > 0);
  const [only] = foreign;
  if (!foreign.every((item) => isNormalPath(frame, item))) return common;
  // Letter by letter, `/srv/static` and `/srv/static-private` have the folder in common too; `/srv/static/`
  // is common only to what stands in it.
  const isByParts = path.endsWith("commonpath") || items.some(endsFolder);
  if (isByParts) noteOnlyPart(frame, common, items);
  else if (only && foreign.length === 1)
    frame.machine.identities.noteSame(
      common.symbol,
      only.symbol,
      frame.machine.models.bit(byLetters),
    );
  return common;
}

function endsFolder({ constants }: Value): boolean {
  return constants?.every((each) => typeof each === "string" && /[/\\]$/u.test(each)) ?? false;
}

function itemsOf(frame: Frame, list: Value): readonly Value[] | undefined {
  const [id] = list.objects;
  const held = id === undefined ? undefined : frame.state?.heap.get(id);
  return held?.rest ? undefined : held?.items;
}

/** The last part of a path holds no separator: it leads nowhere else. */
function splitName(call: KnownCall): Value | undefined {
  const { elements } = splitExtension(call) ?? {};
  const [, name] = elements ?? [];
  const path = call.given.positional[0]?.value;
  if (!path || !name) return undefined;
  return makeValue({ elements: [transformed(call.frame, path.labels, 0, ["str"]), name] });
}

/** An extension holds no separator: it leads nowhere. */
function splitExtension({ frame, given }: KnownCall): Value | undefined {
  const path = given.positional[0]?.value;
  if (!path) return undefined;
  const bit = frame.machine.models.bit("path");
  const root = transformed(frame, path.labels, 0, ["str"]);
  const extension = labelledValue(
    root.labels.map((label) => ({ ...label, cleared: label.cleared | bit })),
    { types: ["str"] },
  );
  return makeValue({ elements: [root, extension] });
}

function isBelow({ frame, receiver }: KnownCall): Value {
  const whenTrue = receiver ? factsOfBelow(frame, receiver) : [];
  return { ...makeValue({ types: ["bool"] }), implies: { whenTrue, whenFalse: [] } };
}

/** Raises for a path that is not below the other. */
function mustBeBelow({ frame, receiver }: KnownCall): Value | undefined {
  if (!receiver || !frame.state) return undefined;
  learn(frame.state, factsOfBelow(frame, receiver));
  const { labels } = transformed(frame, receiver.labels, 0);
  return labelledValue(labels, { types: ["pathlib.Path"] });
}
