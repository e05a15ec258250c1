// Secrets that show by their own form, wherever they stand in a text: provider tokens, private keys,
// passwords in addresses, credentials in headers.

import type { Severity } from "../finding.ts";
import { entropyOf, isCommonWord, isPlaceholder, looksRandom } from "./likely-secret.ts";
import { providerFormats } from "./provider-formats.ts";

/** A secret in a text, by offsets. */
export interface FoundToken {
  readonly start: number;
  readonly end: number;
  /** In words for a message: "a GitHub token". */
  readonly what: string;
  readonly severity: Severity;
  /**
   * `proven`: its checksum is right. `format`: only this provider's secrets look so. `use`: the text around
   * says that it is one, as an address says of the password in it.
   */
  readonly by: "proven" | "format" | "use";
}

/** Every such secret of a text, in its order, none within another. */
export function findTokens(text: string): readonly FoundToken[] {
  const found = [
    ...findPrivateKeys(text),
    ...findProviderTokens(text),
    ...findAddresses(text),
    ...findHeaders(text),
    ...findWebTokens(text),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let last = 0;
  return found.filter(({ start, end }) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

function findProviderTokens(text: string): readonly FoundToken[] {
  return suspectLines(text).flatMap(({ line, offset }) =>
    (line.search(anyFormat) < 0 ? [] : providerFormats).flatMap(
      ({ what, pattern, severity = "high", isProven }) =>
        Array.from(line.matchAll(pattern)).flatMap((match) => {
          const token = match[1] ?? match[0];
          const isRight = isProven?.(token) === true;
          if (!isRight && isInvented(token)) return [];
          const start = offset + match.index + match[0].indexOf(token);
          const by = isRight
            ? ("proven" as const)
            : isProven
              ? ("use" as const)
              : ("format" as const);
          return [{ start, end: start + token.length, what, severity, by }];
        }),
    ),
  );
}

/** One question for all seventy: nearly every line answers no. */
const anyFormat = new RegExp(providerFormats.map(({ pattern }) => pattern.source).join("|"), "u");

/** Most lines hold no long word with a digit in it, and are not asked about seventy formats. */
function suspectLines(text: string): readonly { readonly line: string; readonly offset: number }[] {
  const lines: { line: string; offset: number }[] = [];
  let next = 0;
  for (const index of longWords(text)) {
    if (index < next) continue;
    const offset = text.lastIndexOf("\n", index) + 1;
    const end = text.indexOf("\n", index);
    next = end < 0 ? text.length : end;
    // Pictures and packed scripts stand on lines of tens of thousands of characters.
    if (next - offset <= longestLine) lines.push({ line: text.slice(offset, next), offset });
  }
  return lines;
}

/** Where words of twenty characters and more begin that hold a digit; a pattern takes ten times as long. */
function longWords(text: string): readonly number[] {
  const found: number[] = [];
  let start = 0;
  let hasDigit = false;
  for (let at = 0; at <= text.length; at += 1) {
    const kind = at < text.length ? (wordKinds[text.charCodeAt(at)] ?? 0) : 0;
    if (kind === 0) {
      if (hasDigit && at - start >= 20) found.push(start);
      start = at + 1;
      hasDigit = false;
    } else if (kind === 2) hasDigit = true;
  }
  return found;
}

/** By character: 0 ends a word, 1 is within one, 2 is a digit. */
const wordKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/u.test(character)) return 2;
  return /[\w.~+/=:%-]/u.test(character) ? 1 : 0;
});
const longestLine = 8_000;

/** A token somebody made up to show what one looks like. */
function isInvented(token: string): boolean {
  return (
    isPlaceholder(token) ||
    entropyOf(token) < 2.8 ||
    /EXAMPLE|(.)\1{4}|abcdefg|1234567/iu.test(token)
  );
}

// The armour alone is no key: code that looks for it holds the first line only.
const armour =
  /-----BEGIN ((?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?)PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|["'+,])*((?:[\w-]+: [^\n\\]*(?:\s|\\n)+)*)([A-Za-z0-9+/=]{16,}(?:(?:\s|\\[nr]|["'+,])*[A-Za-z0-9+/=]{4,}){0,400})/gu;

function findPrivateKeys(text: string): readonly FoundToken[] {
  if (!text.includes("PRIVATE KEY")) return [];
  return Array.from(text.matchAll(armour)).flatMap((match) => {
    const [block, kind = "", headers = "", body = ""] = match;
    if (/^(.)\1+$|example|\.\.\./iu.test(body) || entropyOf(body) < 3.5) return [];
    const isLocked = kind === "ENCRYPTED " || headers.includes("ENCRYPTED");
    const what = isLocked ? "an encrypted private key" : "a private key";
    const severity = isLocked ? ("medium" as const) : ("high" as const);
    return [{ start: match.index, end: match.index + block.length, what, severity, by: "format" }];
  });
}

const address =
  /\b([a-z][a-z\d+.-]{1,30}):\/\/([^\s:@/"'`<>\\{}$%]{0,80}):([^\s@/"'`<>\\]{1,200})@(?=([^\s/"'`<>\\?#,:]*))/giu;

function findAddresses(text: string): readonly FoundToken[] {
  if (!/:\/\/[^\s@/]*:[^\s@/]*@/u.test(text)) return [];
  return Array.from(text.matchAll(address)).flatMap((match) => {
    const [whole, scheme = "", user = "", password = "", host = ""] = match;
    if (isLocalHost(host) || isPlaceholder(password) || isCommonWord(password)) return [];
    // `{password}` and `:password` are filled in later; `user:user@` is nobody's.
    if (/[{}$]|^%\w|^:?pass/iu.test(password) || password === user || password === scheme)
      return [];
    const start = match.index + whole.length - 1 - password.length;
    const what = "the password in this address";
    return [
      { start, end: start + password.length, what, severity: "high" as const, by: "use" as const },
    ];
  });
}

/** This machine, a container beside it, or a name reserved for documentation (RFC 2606). */
export function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/gu, "");
  if (/^(?:localhost|127\.[\d.]+|::1|0\.0\.0\.0|host\.docker\.internal)$/u.test(name)) return true;
  if (/(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local)$/u.test(name))
    return true;
  if (
    /^(?:your|some)[-_.]|^my[-_.]?(?:host|server|db|database)\b|hostname|^<|placeholder/u.test(name)
  )
    return true;
  // One word is a container's name, or a stand-in; braces and variables may be anything.
  return name !== "" && !/[.{$:]/u.test(name);
}

const header = /\b(Bearer|Basic|Token|ApiKey|Authorization:)[ \t]+([\w+/=.~-]{16,400})/gu;

function findHeaders(text: string): readonly FoundToken[] {
  return Array.from(text.matchAll(header)).flatMap((match) => {
    const [whole, scheme = "", token = ""] = match;
    if (scheme === "Basic" ? !isLogin(token) : !looksRandom(token)) return [];
    const start = match.index + whole.length - token.length;
    const what = scheme === "Basic" ? "the login in this header" : "the token in this header";
    return [
      { start, end: start + token.length, what, severity: "high" as const, by: "use" as const },
    ];
  });
}

/** `user:password` in base 64, with a password that is one. */
function isLogin(token: string): boolean {
  const login = decodeBase64(token);
  const password = /^[\x21-\x7e]{1,80}?:([\x21-\x7e]{4,})$/u.exec(login ?? "")?.[1];
  return password !== undefined && !isPlaceholder(password) && !isCommonWord(password);
}

const webToken = /(?<![\w.-])eyJ[\w-]{10,}\.(eyJ[\w-]{10,})\.[\w-]{20,}(?![\w.-])/gu;

/** A JWT that somebody signed; the one of every tutorial is left alone, and so is one that is meant for browsers. */
function findWebTokens(text: string): readonly FoundToken[] {
  if (!text.includes("eyJ")) return [];
  return Array.from(text.matchAll(webToken)).flatMap((match) => {
    const claims = decodeBase64(match[1] ?? "");
    if (claims === undefined || !/^\{.*\}$/su.test(claims)) return [];
    if (/1234567890|John Doe|Jane|example|"role":\s*"anon"|\btest|dummy/iu.test(claims)) return [];
    const severity = /service_role|"admin"/u.test(claims) ? ("high" as const) : ("medium" as const);
    const end = match.index + match[0].length;
    return [
      { start: match.index, end, what: "a signed token (JWT)", severity, by: "format" as const },
    ];
  });
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** As Latin-1; `undefined` where it is none. Its own, since `atob` throws and knows no `-` and `_`. */
function decodeBase64(text: string): string | undefined {
  const digits = text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/u, "");
  if (/[^A-Za-z0-9+/]/u.test(digits) || digits.length % 4 === 1) return undefined;
  let decoded = "";
  let bits = 0;
  let held = 0;
  for (const digit of digits) {
    held = ((held << 6) | base64Digits.indexOf(digit)) & 0xfff_ffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded += String.fromCharCode((held >> bits) & 0xff);
  }
  return decoded;
}
