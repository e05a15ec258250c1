// Encoders and their decoders: what was encoded in the code at hand comes back as it was.
// https://docs.python.org/3/library/json.html https://docs.python.org/3/library/base64.html

import { makeCopy } from "../data/containers.ts";
import type { CallArguments } from "../frame.ts";
import type { Value } from "../values/value.ts";
import type { KnownCall, KnownCalls } from "./call.ts";

/** What each decoder undoes. */
const encoderOf: Readonly<Record<string, string>> = {
  "json.loads": "json.dumps",
  "base64.b64decode": "base64.b64encode",
  "base64.urlsafe_b64decode": "base64.urlsafe_b64encode",
  "binascii.unhexlify": "binascii.hexlify",
  "bytes.fromhex": "bytes.hex",
  "urllib.parse.unquote": "urllib.parse.quote",
  "urllib.parse.unquote_plus": "urllib.parse.quote_plus",
  "zlib.decompress": "zlib.compress",
  "pickle.loads": "pickle.dumps",
};
const encoders: ReadonlySet<string> = new Set(Object.values(encoderOf));

export const decoderCalls: KnownCalls = new Map(
  Object.keys(encoderOf).map((path) => [path, decode] as const),
);

/** The result of a call as the text it is, and with what a decoder will make of it again. */
export function asEncoded(path: string, given: CallArguments, result: Value): Value {
  const first = given.positional[0]?.value;
  return first && encoders.has(path)
    ? { ...result, encodes: { encoder: path, value: first } }
    : result;
}

function decode({ frame, path, given }: KnownCall): Value | undefined {
  const encoded = given.positional[0]?.value.encodes;
  if (!encoded || encoded.encoder !== encoderOf[path]) return undefined;
  return makeCopy(frame, encoded.value, 4);
}
