// Work that a visitor need not wait for, done while they wait: a project with a task queue has a better place.

import {
  type CallEvent,
  codeOf,
  defineRule,
  enclosingNodes,
  executionsOf,
  importedPackages,
  isTestPath,
  type Program,
  quoteCode,
} from "#rule";

/** What takes seconds, by API path, and what it is. */
const slow: ReadonlyMap<string, string> = new Map([
  ...[
    "django.core.mail.send_mail",
    "django.core.mail.send_mass_mail",
    "django.core.mail.mail_admins",
    "django.core.mail.mail_managers",
    "django.core.mail.EmailMessage.send",
    "django.core.mail.EmailMultiAlternatives.send",
    "flask_mail.Mail.send",
    "smtplib.SMTP.send_message",
    "smtplib.SMTP.sendmail",
    "smtplib.SMTP_SSL.send_message",
    "smtplib.SMTP_SSL.sendmail",
    "sendgrid.SendGridAPIClient.send",
  ].map((path) => [path, "sends mail"] as const),
  ...["weasyprint.HTML.write_pdf", "pdfkit.from_string", "pdfkit.from_url", "pdfkit.from_file"].map(
    (path) => [path, "makes a PDF"] as const,
  ),
]);
/** What is told to another host, and whose answer nobody looks at. */
const telling = new Set(
  ["post", "put", "patch", "delete"].flatMap((verb) => [
    `requests.${verb}`,
    `requests.Session.${verb}`,
    `httpx.${verb}`,
    `httpx.Client.${verb}`,
  ]),
);
const sleep = "time.sleep";

export default defineRule({
  watches: [...slow.keys(), ...telling, sleep],
  *check({ program, finding }) {
    const executionOf = executionsOf(program);
    const queue = queueOf(program);
    const told = new Set<unknown>();
    for (const call of program.calls) {
      const { definition, span } = call;
      if (!definition || told.has(definition) || isTestPath(call.module.path)) continue;
      const execution = executionOf(definition);
      if (!execution.isRequest || execution.isOnLoop) continue;
      const name = quoteCode(codeOf(call.calleeSpan));
      if (call.paths.includes(sleep)) {
        if (!isInLoop(call)) continue;
        told.add(definition);
        yield finding(
          span,
          `${name} in a loop keeps a worker from other visitors, once more for each attempt. Try again in a background task, or answer that it is not ready yet.`,
          { severity: "medium" },
        );
        continue;
      }
      const path = call.paths.find((each) => slow.has(each));
      const isTold = call.paths.some((each) => telling.has(each)) && isDropped(call);
      const what = path === undefined ? isTold && "tells another host" : slow.get(path);
      if (!what || !queue || isLater(call)) continue;
      told.add(definition);
      yield finding(
        span,
        `${name} ${what} while the visitor waits, and fails the request if that fails. The project has ${queue}: make it a task.`,
      );
    }
  },
});

/** The task queue that the project uses, by its import. */
function queueOf({ modules }: Program): string | undefined {
  for (const module of modules) {
    if (isTestPath(module.path)) continue;
    const queue = importedPackages(module)
      .values()
      .find((name) => queueNames.has(name));
    if (queue !== undefined) return queueNames.get(queue);
  }
  return undefined;
}

/** What a package is called in a sentence. */
const queueNames = new Map([
  ["celery", "Celery"],
  ["rq", "RQ"],
  ["django_rq", "RQ"],
  ["dramatiq", "Dramatiq"],
  ["huey", "Huey"],
  ...["django_q", "procrastinate", "taskiq", "arq"].map((name) => [name, name] as const),
]);

function isInLoop({ span }: CallEvent): boolean {
  const around = enclosingNodes(span);
  const scope = around.findLastIndex(({ kind }) => kind === "function");
  return around.slice(scope + 1).some(({ kind }) => kind === "for" || kind === "while");
}

/** The call is a statement of its own. */
function isDropped({ span }: CallEvent): boolean {
  return enclosingNodes(span).at(-2)?.kind === "expression";
}

/** Handed to something that calls it some other time: `executor.submit(lambda: ...)`. */
function isLater({ span }: CallEvent): boolean {
  return enclosingNodes(span).some(({ kind }) => kind === "lambda");
}
