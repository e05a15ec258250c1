// PGlite that tells when it broke beyond use. PostgreSQL ends its process after a panic (a log that
// cannot be written, on a full disk) and begins anew; PGlite has no process to end, and the next
// statement would hold this thread for ever.

import { PGlite } from "@electric-sql/pglite";

export class WatchedPGlite extends PGlite {
  /** Why it takes no statement any more. */
  #panic: Error | undefined;
  readonly #onPanic: (panic: Error) => void;

  constructor(dataDir: string, onPanic: (panic: Error) => void) {
    super(dataDir);
    this.#onPanic = onPanic;
  }

  get isBroken(): boolean {
    return this.#panic !== undefined;
  }

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    if (this.#panic !== undefined) throw this.#panic;
    return super.execProtocolRawSync(message);
  }

  override async execProtocol(
    ...told: Parameters<PGlite["execProtocol"]>
  ): ReturnType<PGlite["execProtocol"]> {
    return await this.#watch(super.execProtocol(...told));
  }

  override async execProtocolStream(
    ...told: Parameters<PGlite["execProtocolStream"]>
  ): ReturnType<PGlite["execProtocolStream"]> {
    return await this.#watch(super.execProtocolStream(...told));
  }

  async #watch<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (this.#panic === undefined && isPanic(error)) {
        this.#panic = error;
        this.#onPanic(error);
      }
      throw error;
    }
  }
}

/** A statement's own error leaves the database as it was; of these two the process would die. */
function isPanic(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "severity" in error &&
    (error.severity === "PANIC" || error.severity === "FATAL")
  );
}
