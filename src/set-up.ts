// `pyward setup`: registers the App on GitHub through the operator's browser, and saves its credentials.
// A server of its own, on this machine's own address, that ends when that is done.

import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { relative } from "node:path";
import { type CredentialsPlace, takePlace } from "./cli/credentials-place.ts";
import type { SetupOptions } from "./cli/doors.ts";
import { UserMistake } from "./cli/user-mistake.ts";
import { webhookPath } from "./github/front-door.ts";
import { exchangeCode, registrationUrl, writeManifest } from "./github/register-app.ts";
import { readAppManifest } from "./read-app-manifest.ts";
import { readTemplates } from "./read-templates.ts";
import { compilePageTemplates } from "./render/page-templates.ts";
import type { Environment } from "./settings.ts";
import { readAssets } from "./web/read-assets.ts";
import { createSetupPages, setupPath } from "./web/setup-pages.ts";

/** Resolves when the App is registered and saved. Throws UserMistake where this may not be done. */
export async function setUp(options: SetupOptions, environment: Environment): Promise<void> {
  refuseWhereItMustNot(environment);
  const publicUrl = readPublicUrl(options.publicUrl ?? environment.PUBLIC_URL);
  const place = takePlace(options.save);
  try {
    await serveSetup({ ...options, publicUrl, place, environment });
  } finally {
    place.release();
  }
}

/** Nobody needs it who has credentials, and in production nobody is there to look at a page. */
function refuseWhereItMustNot(environment: Environment): void {
  if (environment.NODE_ENV === "production") {
    throw new UserMistake(
      "`pyward setup` does not run with NODE_ENV=production: run it on your own machine, and give the credentials to the server.",
    );
  }
  const set = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"].filter(
    (name) => environment[name] !== undefined && environment[name] !== "",
  );
  if (set.length > 0) {
    throw new UserMistake(
      `There are credentials already (${set.join(", ")}): unset them to register another App, or see \`pyward doctor\`.`,
    );
  }
}

function readPublicUrl(given: string | undefined): string {
  if (given === undefined || given === "") {
    throw new UserMistake(
      "Say where GitHub will reach this App: --public-url https://your-host, or PUBLIC_URL.",
    );
  }
  const isAddress = URL.canParse(given) && /^https?:$/u.test(new URL(given).protocol);
  if (!isAddress)
    throw new UserMistake("--public-url must be an address that starts with https://.");
  return given.replace(/\/+$/u, "");
}

interface Setup extends SetupOptions {
  readonly publicUrl: string;
  readonly place: CredentialsPlace;
  readonly environment: Environment;
}

async function serveSetup({ port, organisation, publicUrl, place, environment, print }: Setup) {
  const { GHE_HOST: gheHost, GHE_PROTOCOL: gheProtocol = "https" } = environment;
  const gitHubUrl = `${gheProtocol}://${gheHost ?? "github.com"}`;
  const [manifest, templates, assets] = await Promise.all([
    readAppManifest(),
    readTemplates(),
    readAssets(),
  ]);
  const server = createServer();
  const host = await listen(server, port);
  const token = randomBytes(32).toString("base64url");
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const abandon = () => reject(new UserMistake("Ended before anything was registered."));
  process.once("SIGINT", abandon).once("SIGTERM", abandon);
  let failure: UserMistake | undefined;
  const answer = createSetupPages({
    ...{ templates: compilePageTemplates(templates), assets, token, host },
    plan: {
      manifest: writeManifest({
        ...manifest,
        publicUrl,
        redirectUrl: `http://${host}/setup/created`,
      }),
      gitHubUrl,
      registerAt: (state) => registrationUrl(gitHubUrl, organisation, state),
      webhookUrl: `${publicUrl}${webhookPath}`,
      place: place.file,
    },
    async finish(code) {
      const apiUrl = gheHost === undefined ? undefined : `${gitHubUrl}/api/v3`;
      const app = await exchangeCode(code, apiUrl).catch((error: unknown) => {
        const said = "GitHub did not take the code: begin again with `pyward setup`.";
        failure = new UserMistake(said);
        throw new Error(said, { cause: error });
      });
      const settings = {
        PUBLIC_URL: publicUrl,
        ...(gheHost === undefined ? {} : { GHE_HOST: gheHost, GHE_PROTOCOL: gheProtocol }),
      };
      const saved = place.write({ ...app, settings });
      const installUrl = `${app.url}/installations/new`;
      print(
        `Registered as App ${app.appId}. Written: ${saved.join(", ")}`,
        `Choose its repositories: ${installUrl}`,
        `Then start it: node --env-file=${place.file} ${relative(process.cwd(), process.argv[1] ?? "")} serve`,
      );
      return { name: app.name, installUrl, saved };
    },
  });
  server.on("request", async (request, response) => {
    try {
      if (!(await answer(request, response))) response.writeHead(404).end();
    } catch (error) {
      response.destroy(error instanceof Error ? error : undefined);
    }
    const { pathname } = new URL(request.url ?? "/", "http://setup");
    if (pathname !== "/setup/created" || response.statusCode === 403) return;
    // The person has the page before the server ends.
    const end = () => (failure === undefined ? resolve() : reject(failure));
    if (response.closed) end();
    else response.once("close", end);
  });
  print(
    "Open this in a browser on this machine, within the hour. It works once:",
    `http://${host}${setupPath}?token=${token}`,
  );
  try {
    await done;
  } finally {
    process.off("SIGINT", abandon).off("SIGTERM", abandon);
    server.closeAllConnections();
    server.close();
  }
}

/** Host and port under which the pages answer: of this machine only. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(
        new UserMistake(
          `Port ${port} cannot be had (${error.message}); choose another with --port.`,
        ),
      ),
    );
    server.listen(port, "127.0.0.1", () => {
      resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}
