// Why a request to GitHub failed, as far as it decides what to do next.

export type Failure =
  /** GitHub asks to wait so many seconds. */
  | { readonly kind: "limit"; readonly afterSeconds: number }
  /** Trying again would give the same answer: not allowed, not there, not valid. */
  | { readonly kind: "final"; readonly status: number }
  /** GitHub or the way to it is down. */
  | { readonly kind: "passing" }
  /** Something of ours broke. */
  | { readonly kind: "ours" };

/**
 * Reads a failure off an error that Octokit threw, or off one that carries such an error as its
 * cause. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function failureOf(error: unknown): Failure {
  const failed = requestFailure(error);
  if (failed === undefined) return { kind: isGraphqlError(error) ? "passing" : "ours" };
  const { headers } = failed;
  // GraphQL tells of its own limit within an answer of status 200.
  const status = failed.isRateLimited ? 403 : failed.status;
  const retryAfter = Number(headers["retry-after"]);
  if (status === 429 || status === 403) {
    if (retryAfter > 0) return { kind: "limit", afterSeconds: retryAfter };
    if (failed.isRateLimited || String(headers["x-ratelimit-remaining"]) === "0") {
      // By GitHub's clock: ours may be wrong by hours.
      const now = Date.parse(String(headers.date)) || Date.now();
      const reset = Number(headers["x-ratelimit-reset"]) - now / 1000;
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

/** What GitHub said beside its refusal; empty where it never answered. */
export function headersOf(error: unknown): Readonly<Record<string, unknown>> {
  return requestFailure(error)?.headers ?? {};
}

interface RequestFailure {
  readonly status: number;
  readonly isRateLimited: boolean;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function requestFailure(error: unknown): RequestFailure | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("status" in current && typeof current.status === "number" && "request" in current) {
      const response = "response" in current ? current.response : undefined;
      const headers = hasHeaders(response) ? response.headers : {};
      const { status, message } = current;
      return { status, isRateLimited: false, message, headers };
    }
    const limited = graphqlLimit(current);
    if (limited !== undefined) return limited;
  }
  return undefined;
}

/**
 * Octokit's own error of a GraphQL answer, or the one of its throttling, which has no status.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function graphqlLimit(error: Error): RequestFailure | undefined {
  const { errors, data, response } = error as unknown as Record<string, unknown>;
  const told = errors ?? (data as { readonly errors?: unknown } | undefined)?.errors;
  if (!Array.isArray(told) || !told.some(isRateLimit)) return undefined;
  const headers = hasHeaders(error) ? error.headers : hasHeaders(response) ? response.headers : {};
  return { status: 200, isRateLimited: true, message: error.message, headers };
}

/** An answer of GraphQL that tells of errors; what it says may be different the next time. */
function isGraphqlError(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.name === "GraphqlResponseError") return true;
  }
  return false;
}

function isRateLimit(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "type" in error && error.type === "RATE_LIMITED"
  );
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
