// What is told of each piece of work to who traces it: where its time went, from the webhook to the last
// request. Ids, kinds and outcomes; no code, no tokens, no payloads, and no name of a repository.

export interface Work {
  /** `webhook`, `job`, `analyse`, `GET /repos/{owner}/{repo}` ... */
  readonly name: string;
  /** A webhook comes in, a request goes out, a job is taken; else a step of the work around it. */
  readonly kind?: "in" | "out" | "job";
  /** What it belongs to, wherever it is done: the webhook and the job of a delivery are one trace. */
  readonly deliveries?: readonly string[];
  readonly facts?: Facts;
}

export type Facts = Readonly<Record<string, string | number | undefined>>;

export interface Traces {
  /** Does the work; what is done within it is told as part of it. */
  span<T>(work: Work, act: () => Promise<T>): Promise<T>;
  /** Tells more of the work under way. */
  note(facts: Facts): void;
}

export const noTraces: Traces = {
  span: (_, act) => act(),
  note() {},
};
