// What an application of a library keeps for its handlers: the settings it was made with, and the keys under
// which things are put into it.
// https://www.tornadoweb.org/en/stable/web.html#application-configuration
// https://docs.aiohttp.org/en/stable/web_advanced.html#application-s-config

import { writeItem } from "../data/containers.ts";
import { readApi } from "../language/imports.ts";
import { constantValue, makeValue, type Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

export const applicationCalls: KnownCalls = new Map(
  Object.entries({
    "tornado.web.Application": keepSettings,
    "tornado.web.Application.__init__": keepSettings,
    "aiohttp.web.AppKey": keyByName,
    "traitlets.config.Application.instance": onlyInstance,
    "traitlets.config.SingletonConfigurable.instance": onlyInstance,
  }),
);

/** `Application(handlers, db=session)`, `Application(handlers, **settings)`: a handler reads `self.settings["db"]`. */
function keepSettings({ frame, given }: KnownCall): Value | undefined {
  const settings = readApi(frame, "tornado.web.RequestHandler.settings");
  for (const [name, { value }] of given.keywords)
    writeItem(frame, settings, constantValue(name), value);
  return undefined;
}

/** `web.AppKey("store", Store)`: two keys of one name are the same to nobody who reads the code. */
function keyByName({ given }: KnownCall): Value | undefined {
  const name = given.positional[0]?.value ?? given.keywords.get("name")?.value;
  return name && makeValue({ constants: name.constants, types: ["str"] });
}

/** `cls.instance()`: https://traitlets.readthedocs.io/en/stable/config.html#singletons-object-collections */
function onlyInstance({ frame, receiver }: KnownCall): Value | undefined {
  for (const reference of receiver?.references ?? [])
    if (reference.kind === "class") return frame.machine.instanceOf(reference.definition);
  return undefined;
}
