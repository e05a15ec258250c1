// The address of a review's page: nobody finds it who was not told. GitHub tells it to those who may see
// the check; the signature keeps others out, of private repositories too.

import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export interface PageLinks {
  /** `https://pyward.example/reviews/<id>/<signature>`. */
  addressOf(review: string): string;
  isGenuine(review: string, signature: string): boolean;
}

/**
 * @param secret the webhook's, of which a key for this purpose alone is derived: every process of an App
 *   has it, and a new one ends all addresses.
 * @param site where our pages are, without a slash at the end.
 */
export function createPageLinks(secret: string, site: string): PageLinks {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "pyward review page v1", 32));
  const sign = (review: string) => createHmac("sha256", key).update(review).digest("base64url");
  return {
    addressOf: (review) => `${site}/reviews/${review}/${sign(review)}`,
    isGenuine(review, signature) {
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(review));
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
