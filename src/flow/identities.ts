// Who is who among values: parts that are read again, wholes that parts were read from, and values of which
// the same is known. Holds for one run of one function.

import { type Fact, newSymbol } from "./values/value.ts";

/** Identities of values, by their symbols. */
export class Identities {
  readonly #symbols = new Map<string, number>();
  readonly #wholes = new Map<number, number>();
  readonly #same = new Map<number, readonly { readonly other: number; readonly bits: number }[]>();

  /** The same identity for the same part of the same value, so that guards on it hold at its next reading. */
  derivedSymbol(symbol: number, part: string): number {
    const key = `${symbol}${part}`;
    const known = this.#symbols.get(key);
    if (known !== undefined) return known;
    const made = newSymbol();
    this.#symbols.set(key, made);
    return made;
  }

  /** The value that an "any element" was read from, by their symbols. */
  wholeOf(symbol: number): number | undefined {
    return this.#wholes.get(symbol);
  }

  noteWhole(part: number, whole: number): void {
    this.#wholes.set(part, whole);
  }

  /** That what is known of one value holds, for these bits, of others too, by their symbols. */
  noteSame(symbol: number, other: number, bits: number): void {
    const known = this.#same.get(symbol) ?? [];
    if (known.length < 8) this.#same.set(symbol, [...known, { other, bits }]);
  }

  /** That a value is neutralised for these bits, and with it what was noted to be the same. */
  factsAbout(symbol: number, cleared: number): readonly Fact[] {
    const facts: Fact[] = [{ symbol, cleared, constants: undefined }];
    // The list grows while it is gone through: what is the same as the same is the same too.
    for (const fact of facts) {
      for (const same of this.#same.get(fact.symbol) ?? []) {
        const bits = fact.cleared & same.bits;
        if (bits === 0 || facts.length > 12) continue;
        if (!facts.some((known) => known.symbol === same.other))
          facts.push({ symbol: same.other, cleared: bits, constants: undefined });
      }
    }
    return facts;
  }

  /** Another function is run: its values are others. */
  forget(): void {
    this.#symbols.clear();
    this.#wholes.clear();
    this.#same.clear();
  }
}
