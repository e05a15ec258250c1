// What the deployment files promise: no root, a read-only file system, commands and settings that exist.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, "utf8");
const roles = ["web", "worker"];

test("the container runs what the build makes, and not as root", () => {
  const dockerfile = read("Dockerfile");
  const { bin } = JSON.parse(read("package.json")) as { readonly bin: { readonly pyward: string } };

  expect(dockerfile).toContain(`ENTRYPOINT ["node", "${bin.pyward.replace("./", "")}"]`);
  expect(dockerfile.lastIndexOf("USER node")).toBeGreaterThan(dockerfile.lastIndexOf("FROM "));
  expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env", "*.pem"]));
});

test.each(roles)("compose starts the role %s on a read-only file system", (role) => {
  const { services } = parse(read("deploy/compose.yml"), { merge: true });

  expect(services[role]).toMatchObject({
    command: ["serve", "--role", role],
    read_only: true,
    cap_drop: ["ALL"],
  });
});

test.each(roles)("Kubernetes starts the role %s without rights, and asks how it is", (role) => {
  expect(readdirSync(`${root}deploy/kubernetes`)).toContain(`${role}.yml`);
  const [deployment] = parseAllDocuments(read(`deploy/kubernetes/${role}.yml`)).map((document) =>
    document.toJS(),
  );
  const { containers, securityContext } = deployment.spec.template.spec;

  expect(securityContext).toMatchObject({ runAsNonRoot: true });
  expect(containers).toMatchObject([
    {
      args: ["serve", "--role", role],
      livenessProbe: { httpGet: { path: "/healthz" } },
      readinessProbe: { httpGet: { path: "/readyz" } },
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
    },
  ]);
});
