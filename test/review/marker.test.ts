// The hidden first line of our comments.

import { expect, test } from "vitest";
import { type Marker, readMarker, writeMarker } from "../../src/review/marker.ts";

const marker: Marker = {
  fingerprint: "0123456789abcdef",
  rule: "security/sql-injection",
  standing: "open",
};

test("what is written is read", () => {
  expect(readMarker(`${writeMarker(marker)}\n**SQL injection** · high`)).toEqual(marker);
});

test.each([
  ["plain", "app/db.py"],
  ["hostile", "a --> <!-- \n[x](y) é.py"],
])("the path of a finding elsewhere comes back, be it %s", (_, path) => {
  const written = writeMarker({ ...marker, path });

  expect(readMarker(`${written}\ntext`)).toEqual({ ...marker, path });
  expect(written.indexOf("-->")).toBe(written.length - 3);
});

test.each(["fixed", "ignored"] as const)("a comment that is %s says so", (standing) => {
  expect(readMarker(writeMarker({ ...marker, standing }))).toEqual({ ...marker, standing });
});

test("GitHub's line ends are read too", () => {
  expect(readMarker(`${writeMarker(marker)}\r\ntext`)).toEqual(marker);
});

test.each([
  ["on a later line", `text\n${writeMarker(marker)}`],
  ["after a space", ` ${writeMarker(marker)}`],
  ["within code", `\`${writeMarker(marker)}\``],
  ["with something behind it", `${writeMarker(marker)} text`],
  ["with a short fingerprint", "<!-- pyward:v1:0123:security/sql-injection -->"],
  ["with a hostile rule", "<!-- pyward:v1:0123456789abcdef:a/b --> -->"],
  ["of another version", "<!-- pyward:v2:0123456789abcdef:security/sql-injection -->"],
  ["not at all", ""],
])("a marker %s is none", (_, body) => {
  expect(readMarker(body)).toBeUndefined();
});
