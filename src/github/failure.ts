// Why a request to GitHub failed, as far as it decides what to do next.

export type Failure =
  /** GitHub asks to wait so many seconds. */
  | { readonly kind: "limit"; readonly afterSeconds: number }
  /** Trying again would give the same answer: not allowed, not there, not valid. */
  | { readonly kind: "final"; readonly status: number }
  /** GitHub or the way to it is down, or the fault is ours. */
  | { readonly kind: "passing" };

/**
 * Reads a failure off an error that Octokit threw, or off one that carries such an error as its
 * cause. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function failureOf(error: unknown): Failure {
  const failed = requestFailure(error);
  if (failed === undefined) return { kind: "passing" };
  const { status, headers } = failed;
  const retryAfter = Number(headers["retry-after"]);
  if (status === 429 || status === 403) {
    if (retryAfter > 0) return { kind: "limit", afterSeconds: retryAfter };
    if (String(headers["x-ratelimit-remaining"]) === "0") {
      const reset = Number(headers["x-ratelimit-reset"]) - Date.now() / 1000;
      return { kind: "limit", afterSeconds: Math.max(Math.ceil(reset) + 1, 1) || 60 };
    }
    if (status === 429 || /secondary rate limit/iu.test(failed.message)) {
      return { kind: "limit", afterSeconds: 60 };
    }
  }
  return status >= 400 && status < 500 && status !== 408
    ? { kind: "final", status }
    : { kind: "passing" };
}

/** `true` for an answer of GitHub with this status. */
export function isStatus(error: unknown, status: number): boolean {
  return requestFailure(error)?.status === status;
}

interface RequestFailure {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function requestFailure(error: unknown): RequestFailure | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("status" in current && typeof current.status === "number" && "request" in current) {
      const response = "response" in current ? current.response : undefined;
      const headers = hasHeaders(response) ? response.headers : {};
      return { status: current.status, message: current.message, headers };
    }
  }
  return undefined;
}

function hasHeaders(
  value: unknown,
): value is { readonly headers: Readonly<Record<string, unknown>> } {
  return (
    typeof value === "object" &&
    value !== null &&
    "headers" in value &&
    typeof value.headers === "object" &&
    value.headers !== null
  );
}
