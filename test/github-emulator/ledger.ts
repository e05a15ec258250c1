// Every request in order, so that a test can assert what a review costs and that nothing was wrong.

export type TokenKind = "app" | "installation" | "none";

export interface RecordedRequest {
  readonly method: string;
  /** Without the `/api/v3` prefix; no query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** `/repos/{owner}/{repo}/pulls/{pull_number}/reviews`, or `/graphql`; `undefined` if unknown. */
  readonly template: string | undefined;
  /** GitHub's name of the operation: `pulls/create-review`; of GraphQL, `graphql/<first field>`. */
  readonly operation: string | undefined;
  /** `0` where the connection was cut before an answer. */
  readonly status: number;
  readonly body: unknown;
  readonly token: TokenKind;
  /** Secondary-limit points: REST reads 1 and writes 5, GraphQL queries 1 and mutations 5. */
  readonly points: number;
  /** It put words before people: GitHub counts at most 80 of these a minute. */
  readonly contentCreating: boolean;
  /** When it came in, in milliseconds of the process's own clock. */
  readonly at: number;
}

export interface Violation {
  readonly kind:
    | "unknown route"
    | "not implemented"
    | "bad request"
    | "semantic"
    | "permission"
    | "authentication"
    | "emulator";
  readonly request: string;
  readonly detail: string;
}

export interface Ledger {
  readonly requests: readonly RecordedRequest[];
  /** Requests that GitHub would have refused or that nobody should send. */
  readonly violations: readonly Violation[];
  /** Successful requests of these operations (all of them without a name). */
  calls(operation?: string): readonly RecordedRequest[];
  contentCreating(): readonly RecordedRequest[];
  /** Everything but reads and asking for tokens: REST by its method, GraphQL by its operation. */
  writes(): readonly RecordedRequest[];
  /** Sum of the points. */
  points(): number;
  clear(): void;
  record(request: RecordedRequest): void;
  accuse(violation: Violation): void;
}

export function createLedger(): Ledger {
  const requests: RecordedRequest[] = [];
  const violations: Violation[] = [];
  const succeeded = (request: RecordedRequest) => request.status >= 200 && request.status < 400;
  return {
    requests,
    violations,
    calls: (operation) =>
      requests.filter(
        (each) => succeeded(each) && (operation === undefined || each.operation === operation),
      ),
    contentCreating: () => requests.filter((each) => succeeded(each) && each.contentCreating),
    writes: () =>
      requests.filter((each) => succeeded(each) && each.points >= 5 && each.token !== "app"),
    points: () => requests.reduce((sum, each) => sum + each.points, 0),
    clear() {
      requests.length = 0;
      violations.length = 0;
    },
    record: (request) => void requests.push(request),
    accuse: (violation) => void violations.push(violation),
  };
}
