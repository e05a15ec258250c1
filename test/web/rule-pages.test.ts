import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readOtherTools } from "../../src/read-rulebook.ts";
import { readTemplates } from "../../src/read-templates.ts";
import { readAssets } from "../../src/web/read-assets.ts";
import { createRulePages } from "../../src/web/rule-pages.ts";
import { aRulebook, aRulePage } from "./makers.ts";

let port = 0;
let close: () => void = () => undefined;

beforeAll(async () => {
  const rulebook = aRulebook(
    aRulePage(),
    aRulePage({
      name: "design/missing-index",
      title: "Foreign key without an index",
      severity: "medium",
      cwe: [],
      summary: "PostgreSQL does not index a `ForeignKey` by itself.",
      bad: [{ path: "bad.py", text: "from sqlalchemy import ForeignKey\n" }],
    }),
  );
  const handler = createRulePages({
    rulebook,
    otherTools: await readOtherTools(),
    templates: await readTemplates(),
    assets: await readAssets(),
  });
  const server = createServer(async (request, response) => {
    if (!(await handler(request, response))) response.writeHead(418).end("not ours");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  close = () => server.close();
});

afterAll(() => close());

describe("the list of rules", () => {
  test("holds every rule with its title, summary and CWE", async () => {
    const { status, body } = await get("/rules");

    expect(status).toBe(200);
    expect(body).toContain(
      '<a href="./rules/security/sql-injection">SQL built from user input</a>',
    );
    expect(body).toContain("PostgreSQL does not index a <code>ForeignKey</code> by itself.");
    expect(body).toContain("<li>CWE-89</li>");
    expect(body).toContain("2 rules");
  });

  test.each([
    ["injection", "security/sql-injection"],
    ["cwe-89", "security/sql-injection"],
    ["89", "security/sql-injection"],
    ["FOREIGN  index", "design/missing-index"],
    ["medium", "design/missing-index"],
  ])("a search for %j without JavaScript shows %s alone", async (query, name) => {
    const { body } = await get(`/rules?q=${encodeURIComponent(query)}`);

    expect(body).toContain("1 of 2 rules");
    expect(shownRules(body)).toEqual([name]);
  });

  test("a search that finds nothing says so and shows what was asked, escaped", async () => {
    const { body } = await get(`/rules?q=${encodeURIComponent('"><script>alert(1)</script>')}`);

    expect(shownRules(body)).toEqual([]);
    expect(body).toContain('<p class="nothing">');
    expect(body).not.toContain("<script>alert");
    expect(body).toContain("&quot;&gt;&lt;script&gt;");
  });

  test("a search of any length costs no more than a short one", async () => {
    const { status, body } = await get(`/rules?q=${"x".repeat(8000)}`);

    expect(status).toBe(200);
    expect(body).toContain(`value="${"x".repeat(100)}"`);
  });
});

describe("the lists that narrow the search", () => {
  test.each([
    ["family=design", ["design/missing-index"]],
    ["severity=high", ["security/sql-injection"]],
    ["framework=sqlalchemy", ["design/missing-index"]],
    ["framework=sqlalchemy&family=security", []],
    ["q=index&severity=high", []],
    ["severity=none-of-these", ["security/sql-injection", "design/missing-index"]],
  ])("%s without JavaScript shows %j", async (query, names) => {
    const { body } = await get(`/rules?${query}`);

    expect(shownRules(body)).toEqual(names);
  });
});

describe("the page about other tools", () => {
  test("tells for a rule of another tool which of ours looks for the same, or why none does", async () => {
    const { status, body } = await get("/other-tools");
    const row = (id: string) => new RegExp(`<tr id="${id}">[\\s\\S]*?</tr>`, "u").exec(body)?.[0];

    expect(status).toBe(200);
    expect(row("B608")).toContain('<a href="./rules/security/sql-injection">');
    expect(row("S101")).toContain("<td>none</td>");
    expect(row("S101")).toContain("your linter tells it better");
    expect(row("py-sql-injection")).toContain("<code>py/sql-injection</code>");
  });
});

describe("the page of a rule", () => {
  test("shows its sections, facts and references in order", async () => {
    const { status, body } = await get("/rules/security/sql-injection");

    expect(status).toBe(200);
    expect([...body.matchAll(/<h2 id="([^"]+)"/gu)].map((match) => match[1])).toEqual([
      "why-it-matters",
      "how-to-fix-it",
      "examples",
      "when-it-is-fine",
      "what-this-rule-cannot-see",
      "ignore",
      "read-more",
    ]);
    expect(body).toContain("https://cwe.mitre.org/data/definitions/89.html");
    expect(body).toContain("https://docs.python.org/3/library/sqlite3.html");
    expect(body).toContain("# pyward: ignore[sql-injection]");
    expect(body.match(/becomes part of an SQL statement/gu)).toHaveLength(2); // description, lead
  });

  test("marks the guilty lines and turns the announcements into notes", async () => {
    const { body } = await get("/rules/security/sql-injection");

    expect(body).toContain('<span class="line marked source">title = request.args[');
    expect(body).toContain('<span class="note source">comes from outside\n</span>');
    expect(body).toContain('<span class="note finding">reported: bind it as a parameter\n</span>');
    expect(body).not.toContain("# finding");
    expect(body).not.toContain("# source");
  });

  test("code in the README keeps its indentation", async () => {
    const { body } = await get("/rules/security/sql-injection");

    expect(body).toContain(
      'tabindex="0"><code><span class="hljs-keyword">if</span> name:\n    run(',
    );
  });

  test("links within the site by relative addresses, so that any prefix works", async () => {
    const { body } = await get("/rules/security/sql-injection");

    const addresses = [...body.matchAll(/(?:href|src|action)="([^"]+)"/gu)].map(
      (match) => match[1],
    );
    const own = addresses.filter((address) => !/^(?:https:|#|data:)/u.test(address ?? ""));
    expect(own.length).toBeGreaterThan(2);
    expect(own.filter((address) => !address?.startsWith("./../../"))).toEqual([]);
  });
});

describe("addresses", () => {
  test.each([
    ["/rules/", "./../rules"],
    ["/rules/sql-injection", "./../rules/security/sql-injection"],
    ["/rules/security/sql-injection/", "./../../../rules/security/sql-injection"],
    ["/rules/security%2Fsql-injection", "./../rules/security/sql-injection"],
    ["/rules/%73ecurity/sql-injection", "./../../rules/security/sql-injection"],
    ["/rules/security", "./../rules#security"],
  ])("%s leads to the one address of the page", async (path, location) => {
    const { status, headers } = await get(path);

    expect(status).toBe(308);
    expect(headers.location).toBe(location);
  });

  test.each([
    "/rules/no-such-rule",
    "/rules/security/no-such-rule",
    "/rules/design/sql-injection",
    "/rules/../../package.json",
    "/rules/..%2f..%2fpackage.json",
    "/rules/%2e%2e/%2e%2e/package.json",
    "/rules/%00",
    "/rules/%E0%A4%A",
    "/rules/__proto__",
    "/rules/security/sql-injection%0d%0aset-cookie:a=b",
  ])("%s is answered with a page that leads back to the list", async (path) => {
    const { status, headers, body } = await get(path);

    expect(status).toBe(404);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(body).toContain("list of rules</a>");
  });

  test.each([
    "/",
    "/healthz",
    "/rulesets",
    "/assets/../package.json",
    "/assets/unknown.css",
    "//",
  ])("%s is left to others", async (path) => {
    const { status } = await get(path);

    expect(status).toBe(418);
  });

  test("another method than GET and HEAD is refused", async () => {
    const { status, headers } = await get("/rules", { method: "POST" });

    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });
});

describe("what goes over the wire", () => {
  test("a page may load its own files only, and nothing may frame or sniff it", async () => {
    for (const path of ["/rules", "/rules/security/sql-injection", "/rules/none"]) {
      const { headers } = await get(path);

      expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; /u);
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|https?:|\*/u);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
  });

  test("a page that did not change is not sent again", async () => {
    const first = await get("/rules/security/sql-injection");
    const second = await get("/rules/security/sql-injection", {
      headers: { "if-none-match": `"other", ${first.headers.etag}` },
    });

    expect(second.status).toBe(304);
    expect(second.body).toBe("");
  });

  test("HEAD answers with the headers alone", async () => {
    const whole = await get("/rules/security/sql-injection");
    const head = await get("/rules/security/sql-injection", { method: "HEAD" });

    expect(head.status).toBe(200);
    expect(head.body).toBe("");
    expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
  });

  test("a browser that can unpack gets the page packed, another gets it plain", async () => {
    const plain = await get("/rules");
    const packed = await get("/rules", { headers: { "accept-encoding": "br, gzip;q=0.8" } });
    const refused = await get("/rules", { headers: { "accept-encoding": "gzip;q=0" } });

    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(packed.bytes).toString("utf8")).toBe(plain.body);
    expect(refused.headers["content-encoding"]).toBeUndefined();
  });

  test("style and script are kept for ever under an address that changes with them", async () => {
    const { body } = await get("/rules");
    const style = /href="\.\/(assets\/pages\.[0-9a-f]{10}\.css)"/u.exec(body)?.[1];
    const { status, headers } = await get(`/${style}`);
    const old = await get("/assets/pages.0123456789.css");

    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/css; charset=utf-8");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(old.headers.location).toBe(`./../${style}`);
  });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: string;
}

/** Asks with the very path given: unlike `fetch`, which would tidy `..` away. */
function get(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ port, host: "127.0.0.1", path, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status, headers } = response;
        resolve({ status, headers, bytes, body: bytes.toString("utf8") });
      });
    });
    asked.on("error", reject).end();
  });
}

function shownRules(body: string): readonly (string | undefined)[] {
  return [
    ...body.matchAll(
      /<li class="rule" data-words="[^">]*"[^>]*(?<! hidden)>\s*<h3><a href="\.\/rules\/([^"]+)"/gu,
    ),
  ].map((match) => match[1]);
}
