// The concepts that models and rules share, in words for a trace.

/** What is said of a value where it comes in. */
export function sourceWords(concept: string): string {
  return (
    sources[concept] ??
    (concept.startsWith("http-") ? "comes from the visitor" : "comes from outside")
  );
}

/** What is said of a value where it arrives. */
export function sinkWords(concept: string): string {
  return sinks[concept] ?? "arrives here";
}

const sources: Readonly<Record<string, string>> = {
  "cli-input": "comes from the command line",
  parameter: "is whatever the caller gives",
  environment: "comes from the environment",
  "stored-data": "comes from stored data",
  "network-data": "comes from another host",
  traceback: "comes from the traceback",
  "error-text": "comes from an exception of any kind",
  "weak-hash": "comes from a broken hash",
  password: "comes from the keyboard",
  sensitive: "is secret",
  "weak-random": "comes from a generator that can be foretold",
};

const sinks: Readonly<Record<string, string>> = {
  sql: "runs as SQL",
  shell: "runs in a shell",
  program: "decides which program runs",
  code: "runs as Python",
  module: "decides which module runs",
  deserialize: "builds objects from it",
  nosql: "runs as a query",
  template: "runs as a template",
  xpath: "runs as XPath",
  ldap: "runs as an LDAP search",
  regex: "runs as a regular expression",
  console: "is printed",
  "upload-name": "decides what kind of file is kept",
  "log-entry": "is written to the log",
  session: "is kept in the session",
  fields: "decides which fields are set",
  subject: "is matched against the pattern",
  log: "is written to the log",
  header: "becomes a header",
  path: "decides which file is meant",
  "path-or-file": "decides which file is meant",
  archive: "is unpacked",
  url: "decides where the request goes",
  redirect: "decides where the browser goes",
  html: "is shown as HTML",
  xml: "is read as XML",
  secret: "is used as a secret",
  signature: "is trusted as a signature",
  "weak-hash": "is hashed",
  "fast-hash": "is hashed within a nanosecond",
  response: "is sent to the visitor",
};
