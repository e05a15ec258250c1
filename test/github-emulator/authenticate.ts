// Who is asking: the App by its signed token, or one of its installations.

import { verify } from "node:crypto";
import { z } from "zod";
import type { Actor } from "./call.ts";
import { unauthorized } from "./refusal.ts";
import type { World } from "./world.ts";

const longestLife = 600;
/** Clocks may differ by this much, in seconds. */
const leeway = 60;

const claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.int(), exp: z.int() });

/** Throws GitHub's 401 for a token that is not, no longer or not yet good. */
export function authenticate(world: World, authorization: string | undefined): Actor {
  if (authorization === undefined) return { kind: "none" };
  const [, , token = ""] = /^(bearer|token) (.+)$/i.exec(authorization) ?? [];
  if (token.split(".").length === 3 && !token.startsWith("ghs_")) {
    checkJwt(world, token);
    return { kind: "app" };
  }
  const known = world.tokens.get(token);
  if (!known || known.expiresAt <= world.now()) throw unauthorized();
  if (known.installation.suspendedAt || !world.installations.has(known.installation.id)) {
    throw unauthorized();
  }
  return { kind: "installation", token: known };
}

/** https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
function checkJwt(world: World, token: string): void {
  const [header = "", body = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${header}.${body}`);
  const head = decode(header) as { readonly alg?: unknown } | undefined;
  const isSigned =
    head?.alg === "RS256" &&
    verify("RSA-SHA256", signed, world.app.publicKey, Buffer.from(signature, "base64url"));
  const said = claims.safeParse(decode(body));
  if (!isSigned || !said.success) throw unauthorized("A JSON web token could not be decoded");
  const { iss, iat, exp } = said.data;
  const now = world.now().getTime() / 1000;
  if (String(iss) !== String(world.app.id) && iss !== `Iv23emulated${world.app.id}`) {
    throw unauthorized("Integration not found");
  }
  if (iat > now + leeway) {
    throw unauthorized(
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (exp > now + longestLife + leeway || exp - iat > longestLife + leeway) {
    throw unauthorized("'Expiration time' claim ('exp') is too far in the future");
  }
  if (exp <= now) {
    throw unauthorized(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return undefined;
  }
}
