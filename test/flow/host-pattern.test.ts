import { expect, test } from "vitest";
import { fixesHostByPattern } from "../../src/flow/guards/host-pattern.ts";

test.each([
  String.raw`^https://(www\.)?example\.com/`,
  String.raw`^https?://example\.com(/|$)`,
  String.raw`\Ahttps:\/\/[\w-]+\.example\.com\/`,
  String.raw`^(?:https?|ftp)://(?:a|b)\.example\.org/.*$`,
  String.raw`^https://example\.com$`,
  "^https://api.example.com/",
  String.raw`^https://(?P<sub>[a-z0-9-]+)\.example\.com[/?]`,
  "^http://localhost:8000/",
])("names the host: %s", (pattern) => {
  expect(fixesHostByPattern(pattern, "none")).toBe(true);
});

test.each([
  String.raw`https://example\.com/`,
  String.raw`^https://example\.com`,
  String.raw`^https://.*\.example\.com/`,
  String.raw`^https://[^/]+/`,
  String.raw`^https://\w+\.com/`,
  String.raw`^https://example\.com/|^http://`,
  String.raw`^https://\S+example\.com/`,
  String.raw`^https?://`,
  String.raw`^.*example\.com/`,
])("leaves it open: %s", (pattern) => {
  expect(fixesHostByPattern(pattern, "none")).toBe(false);
});
