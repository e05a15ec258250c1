// The ways GitHub says no, each with the body GitHub sends.

/** Thrown by a route; the server turns it into the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(String(body.message));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const docs = "https://docs.github.com/rest";

export function notFound(): Refusal {
  return new Refusal(404, { message: "Not Found", documentation_url: docs, status: "404" });
}

export function unauthorized(message = "Bad credentials"): Refusal {
  return new Refusal(401, { message, documentation_url: docs, status: "401" });
}

export function forbidden(): Refusal {
  const message = "Resource not accessible by integration";
  return new Refusal(403, { message, documentation_url: docs, status: "403" });
}

/** The 422 whose errors are sentences: reviews answer so. */
export function unprocessable(...errors: readonly string[]): Refusal {
  return new Refusal(422, { message: "Unprocessable Entity", errors, documentation_url: docs });
}

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

/** The 422 whose errors name fields: comments and check runs answer so. */
export function validationFailed(...errors: readonly FieldError[]): Refusal {
  return new Refusal(422, { message: "Validation Failed", errors, documentation_url: docs });
}

/** What GitHub says of a body that does not fit the description. */
export function invalidRequest(faults: readonly string[]): Refusal {
  const message = `Invalid request.\n\n${faults.join("\n")}`;
  return new Refusal(422, { message, documentation_url: docs });
}

/** More than 300 files, as text. */
export function diffTooLarge(): Refusal {
  const message =
    "Sorry, the diff exceeded the maximum number of files (300). Consider using 'List pull requests files' API or locally cloning the repository instead.";
  const errors = [{ resource: "PullRequest", field: "diff", code: "too_large" }];
  return new Refusal(406, { message, errors, documentation_url: docs });
}

/** Rails' `to_sentence`, in which GitHub joins the faults of one comment. */
export function toSentence(parts: readonly string[]): string {
  if (parts.length <= 2) return parts.join(" and ");
  return `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}
