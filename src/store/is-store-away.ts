// Tells a store that cannot be used now (no room, no connection, restarting) from a statement that is wrong.

/**
 * Classes of PostgreSQL's error codes that tell of the server, not of the statement: connection,
 * rollback for others' sake, resources, what an operator does, the system, and its own faults.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const classesOfServer = new Set(["08", "25", "40", "53", "57", "58", "XX"]);

/** What the way to the server says, in Node's words. */
const ofConnection = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["ENOTFOUND", "EAI_AGAIN"],
]);

/** And in those of `pg`, which gives them no code. */
const wordsOfConnection =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/u;

/** For errors of statements only: a request to GitHub fails with the same words of Node's. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    (/^[0-9A-Z]{5}$/u.test(code) && classesOfServer.has(code.slice(0, 2))) ||
    ofConnection.has(code) ||
    wordsOfConnection.test(error.message)
  );
}
