// What the deployment files promise: no root, a read-only file system, commands and settings that exist,
// and an image that holds what it needs and nothing else.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ignore from "ignore";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { aFolder } from "./a-folder.ts";
import { anEmulator } from "./github-emulator/makers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const roles = ["web", "worker"];
const settings = new Set(
  read("src/settings.ts").match(/\b[A-Z][A-Z]+(?:_[A-Z]+)+\b|\b(?:PORT|HOST)\b/gu),
);

describe("the container", () => {
  const dockerfile = read("Dockerfile");

  test("runs what the build makes, and not as root", () => {
    const { bin } = JSON.parse(read("package.json")) as {
      readonly bin: { readonly pyward: string };
    };

    expect(dockerfile).toContain(`ENTRYPOINT ["node", "${bin.pyward.replace("./", "")}"]`);
    expect(dockerfile.lastIndexOf("USER node")).toBeGreaterThan(dockerfile.lastIndexOf("FROM "));
    for (const name of ["HOST", "DATA_DIR"]) expect(settings).toContain(name);
  });

  test("says how it is, by a command that Node understands", () => {
    const [, json = ""] = /^HEALTHCHECK .*CMD (\[.*\])$/mu.exec(dockerfile) ?? [];
    const [command = "", ...args] = JSON.parse(json) as readonly string[];

    expect(command).toBe("node");
    const env = { ...process.env, PORT: "9" };
    expect(() => execFileSync(process.execPath, args, { env, stdio: "pipe" })).toThrow();
    expect(args.at(-1)).toContain("/healthz");
  });

  test("is built without secrets, wherever they stand, and without tests", () => {
    const left = ignore().add(read(".dockerignore"));

    for (const path of [".env", "deploy/.env", "pyward.pem", "deploy/pyward.pem", "test/a.ts"]) {
      expect(left.ignores(path), path).toBe(true);
    }
    for (const path of ["package-lock.json", "src/cli.ts", "rules/index.ts", "app.yml"]) {
      expect(left.ignores(path), path).toBe(false);
    }
  });

  test("holds all that it needs to run: its own steps, done in a folder", async () => {
    expect(dockerfile.match(/^(?:COPY|RUN) .*$/gmu)).toEqual([
      "COPY package.json package-lock.json ./",
      "RUN npm ci --ignore-scripts",
      "COPY . .",
      "RUN npm run -s build && npm prune --omit=dev --ignore-scripts",
      "COPY --from=build /build/package.json ./",
      "COPY --from=build /build/node_modules ./node_modules",
      "COPY --from=build /build/dist ./dist",
      "RUN mkdir /data && chown node:node /data",
    ]);
    const image = buildImage();
    const github = await anEmulator();
    const env = {
      ...github.environment,
      ...{ PATH: process.env.PATH, NODE_ENV: "production", PORT: "0", HOST: "127.0.0.1" },
      DATA_DIR: aFolder("image-data"),
    };

    const app = spawn(process.execPath, ["dist/src/cli.js", "serve"], { cwd: image, env });
    let output = "";
    for (const stream of [app.stdout, app.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const ended = new Promise((resolve) => app.once("close", resolve));
    try {
      await expect
        .poll(() => output, { timeout: 60_000, interval: 100 })
        .toContain("Pyward is listening");
      const url = /"url":"([^"]+)"/u.exec(output)?.[1] ?? "";
      expect((await fetch(`${url}/rules/security/sql-injection`)).status).toBe(200);
      expect(await (await fetch(`${url}/readyz`)).text()).toBe("ok\n");
      app.kill("SIGTERM");
      expect(await ended).toBe(0);
    } finally {
      app.kill("SIGKILL");
    }
  });
});

/** What `docker build` does, with the packages that are installed here in place of `npm ci`. */
function buildImage(): string {
  const folder = aFolder("image");
  const [build, image] = [join(folder, "build"), join(folder, "image")];
  const left = ignore().add(read(".dockerignore"));
  for (const name of readdirSync(root)) {
    if (left.ignores(name)) continue;
    cpSync(join(root, name), join(build, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(build, "node_modules"));
  execFileSync("npm", ["run", "-s", "build"], { cwd: build });

  mkdirSync(image);
  cpSync(join(build, "package.json"), join(image, "package.json"));
  cpSync(join(build, "dist"), join(image, "dist"), { recursive: true });
  const { packages } = JSON.parse(read("package-lock.json")) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    // Packages within packages come with them; not every optional one is there.
    if (path === "" || dev === true || path.split("node_modules/").length > 2) continue;
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(image, path)), { recursive: true });
    cpSync(join(root, path), join(image, path), { recursive: true });
  }
  return image;
}

describe("compose", () => {
  const compose = parse(read("deploy/compose.yml"), { merge: true });

  test.each(roles)("starts the role %s on a read-only file system", (role) => {
    expect(compose.services[role]).toMatchObject({
      command: ["serve", "--role", role],
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      depends_on: { database: { condition: "service_healthy" } },
    });
    for (const name of Object.keys(compose.services[role].environment)) {
      expect(settings).toContain(name);
    }
  });

  test("names no secret and no volume that it does not declare", () => {
    const services: readonly {
      readonly secrets?: readonly string[];
      readonly volumes?: readonly string[];
    }[] = Object.values(compose.services);
    const secrets = services.flatMap((service) => service.secrets ?? []);
    const volumes = services.flatMap((service) => service.volumes ?? []);

    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets));
    expect(Object.keys(compose.volumes)).toEqual(volumes.map((volume) => volume.split(":")[0]));
    expect(compose.services.web.environment.PRIVATE_KEY_PATH).toBe(`/run/secrets/${secrets[0]}`);
  });

  test("gives work under way longer than the App takes to end it", () => {
    const [, drain = ""] = /drainMs = ([\d_]+);/u.exec(read("src/app.ts")) ?? [];
    expect(Number.parseInt(compose.services.worker.stop_grace_period, 10) * 1000).toBeGreaterThan(
      Number(drain.replaceAll("_", "")),
    );
  });
});

describe("Kubernetes", () => {
  const documents = roles.flatMap((role) =>
    parseAllDocuments(read(`deploy/kubernetes/${role}.yml`)).map((document) => document.toJS()),
  );
  const ofKind = (kind: string) => documents.filter((document) => document.kind === kind);

  test.each(roles)("starts the role %s without rights, and asks how it is", (role) => {
    const deployment = ofKind("Deployment").find(({ metadata }) => metadata.name.endsWith(role));
    const { spec } = deployment.spec.template;

    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(spec.securityContext.runAsUser).toBeGreaterThan(0);
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(20);
    expect(spec.containers).toMatchObject([
      {
        args: ["serve", "--role", role],
        envFrom: [{ secretRef: { name: "pyward" } }],
        livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
        readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
        resources: {
          requests: { cpu: expect.any(String) },
          limits: { memory: expect.any(String) },
        },
        securityContext: {
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
        },
      },
    ]);
    expect(spec.containers[0].ports).toContainEqual({ name: "http", containerPort: 3000 });
    expect(deployment.spec.template.metadata.labels).toEqual(deployment.spec.selector.matchLabels);
  });

  test("the service and the disruption budget choose the web pods, and no others", () => {
    const labels = { app: "pyward", role: "web" };
    const [service] = ofKind("Service");
    const [budget] = ofKind("PodDisruptionBudget");

    expect(service.spec.selector).toEqual(labels);
    expect(service.spec.ports).toMatchObject([{ targetPort: "http" }]);
    expect(budget.spec.selector.matchLabels).toEqual(labels);
    expect(documents.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      ...[
        "apps/v1 Deployment",
        "v1 Service",
        "policy/v1 PodDisruptionBudget",
        "apps/v1 Deployment",
      ],
    ]);
  });

  test("the image is of the version that is released", () => {
    const { version } = JSON.parse(read("package.json")) as { readonly version: string };
    for (const { spec } of ofKind("Deployment")) {
      expect(spec.template.spec.containers[0].image).toBe(`pyward:${version}`);
    }
  });
});
