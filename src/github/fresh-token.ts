// Tokens are kept for the hour that GitHub gives them. One that ends earlier (it was revoked, or our
// clock was set) is answered with 401 until a new one is asked for, which nobody else would do.

import type { GitHubClient } from "./client.ts";
import { isStatus } from "./failure.ts";

/** Makes the client ask for a new token, and then again, where GitHub does not take the one at hand. */
export function renewTokens(client: GitHubClient, installation: number): void {
  let renewing: Promise<unknown> | undefined;
  const renew = () => {
    // Several requests may be refused at once.
    renewing ??= client
      .auth({ type: "installation", installationId: installation, refresh: true })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };
  client.hook.wrap("request", async (request, options) => {
    try {
      return await request(options);
    } catch (error) {
      // What was refused so was not done.
      if (!isStatus(error, 401)) throw error;
      await renew();
      return await request(options);
    }
  });
}
