// The checksum that GitHub and npm put at the end of a token: CRC-32 of the rest, in base 62.
// https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Whether the last six characters after the prefix (`ghp_`) are the checksum of those before them. */
export function hasTokenChecksum(token: string): boolean {
  const body = token.slice(token.indexOf("_") + 1);
  return base62(crc32(body.slice(0, -6))).padStart(6, "0") === body.slice(-6);
}

/** CRC-32 as in zlib, of a text's UTF-16 units taken as bytes: tokens are ASCII. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(number: number): string {
  const digit = digits.charAt(number % 62);
  return number < 62 ? digit : base62(Math.floor(number / 62)) + digit;
}
