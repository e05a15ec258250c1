// What we write to the log: ids and outcomes. Never code, tokens or payloads, which errors carry along.

import pino, { type Logger } from "pino";
import type { Settings } from "./settings.ts";

/** Writes lines to standard output, or wherever told. */
export function createLog(
  { logLevel: level, logFormat }: Pick<Settings, "logLevel" | "logFormat">,
  write?: (line: string) => void,
): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    serializers: { err: describeError, error: describeError },
    // Probot's request log would hold every header.
    redact: { paths: ["req.headers", "res.headers", "req.query", "req.params"], remove: true },
    formatters: { level: (label) => ({ level: label }) },
  };
  if (logFormat === "json") return pino(options, write ? { write } : pino.destination(1));
  const show = write ?? ((line: string) => void process.stdout.write(line));
  return pino(options, { write: (line: string) => show(prettify(line)) });
}

/**
 * Probot and Octokit write whole payloads and bodies at `debug` and below: they are never given
 * such a level, whatever ours is.
 */
export function quietLog(log: Logger): Logger {
  const isLoud = log.level === "debug" || log.level === "trace";
  return log.child({}, isLoud ? { level: "info" } : {});
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/** Only what is named here: an error of Octokit holds the request and what GitHub answered. */
function describeError(error: unknown): DescribedError | undefined {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const { status, code } = error as { status?: unknown; code?: unknown };
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    ...(typeof status === "number" ? { status } : {}),
    ...(typeof code === "string" ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack.slice(0, 4000) }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** One line for a reader: time, level, message, and the rest as it is. */
function prettify(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toISOString().slice(11, 23);
  const more = Object.entries(rest)
    .filter(([key]) => !["name", "req", "res", "v"].includes(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const stack =
    typeof err === "object" && err !== null && "stack" in err ? `\n${String(err.stack)}` : "";
  return `${clock} ${String(level).padEnd(5)} ${[String(msg ?? ""), ...more].join("  ")}${stack}\n`;
}
