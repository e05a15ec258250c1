// A map for states that part and meet all the time: forking is free, a join costs what has changed.

interface Layer<K, V> {
  readonly entries: ReadonlyMap<K, V | typeof gone>;
  readonly parent: Layer<K, V> | undefined;
}

const gone = Symbol("deleted");

/** Frozen layers shared with other maps below, changes of its own on top. */
export class ForkedMap<K, V> {
  #own: Map<K, V | typeof gone> | undefined;
  #below: Layer<K, V> | undefined;

  constructor(below?: Layer<K, V>) {
    this.#below = below;
  }

  get(key: K): V | undefined {
    const own = this.#own?.get(key);
    if (own !== undefined) return own === gone ? undefined : (own as V);
    for (let layer = this.#below; layer; layer = layer.parent) {
      const value = layer.entries.get(key);
      if (value !== undefined) return value === gone ? undefined : (value as V);
    }
    return undefined;
  }

  set(key: K, value: V): void {
    this.#own ??= new Map();
    this.#own.set(key, value);
  }

  delete(key: K): void {
    if (this.get(key) === undefined) return;
    this.#own ??= new Map();
    this.#own.set(key, gone);
  }

  /** A map with the same entries; changes of either are not seen by the other. */
  fork(): ForkedMap<K, V> {
    this.#freeze();
    return new ForkedMap(this.#below);
  }

  /** Whether both are still the same map, so that joining them is nothing to do. */
  isSameAs(other: ForkedMap<K, V>): boolean {
    return this.#own === undefined && other.#own === undefined && this.#below === other.#below;
  }

  /**
   * A map of both: for each key that changed since they parted, what `merge` makes of the two values;
   * `undefined` leaves the key out.
   */
  join(
    other: ForkedMap<K, V>,
    merge: (left: V | undefined, right: V | undefined) => V | undefined,
  ): ForkedMap<K, V> {
    this.#freeze();
    other.#freeze();
    const mine = new Set<Layer<K, V>>();
    for (let layer = this.#below; layer; layer = layer.parent) mine.add(layer);
    let common = other.#below;
    while (common && !mine.has(common)) common = common.parent;
    const joined = new ForkedMap(this.#below);
    for (const key of changedKeys([this.#below, other.#below], common)) {
      const left = this.get(key);
      const right = other.get(key);
      if (left === right) continue;
      const value = merge(left, right);
      if (value === undefined) joined.delete(key);
      else if (value !== left) joined.set(key, value);
    }
    return joined;
  }

  /** The keys set or deleted in either since the two parted; a key may have its old value again. */
  changedSince(other: ForkedMap<K, V>): ReadonlySet<K> {
    this.#freeze();
    other.#freeze();
    const mine = new Set<Layer<K, V>>();
    for (let layer = this.#below; layer; layer = layer.parent) mine.add(layer);
    let common = other.#below;
    while (common && !mine.has(common)) common = common.parent;
    return changedKeys([this.#below, other.#below], common);
  }

  entries(): readonly (readonly [K, V])[] {
    this.#freeze();
    const found: (readonly [K, V])[] = [];
    for (const key of changedKeys([this.#below], undefined)) {
      const value = this.get(key);
      if (value !== undefined) found.push([key, value]);
    }
    return found;
  }

  #freeze(): void {
    if (!this.#own) return;
    // Layers no larger than what comes on top are taken into it: a map has few, each larger than the next.
    let entries = this.#own;
    let parent = this.#below;
    while (parent && parent.entries.size <= entries.size * 2) {
      const merged = new Map(parent.entries);
      for (const [key, value] of entries) merged.set(key, value);
      entries = merged;
      parent = parent.parent;
    }
    this.#below = { entries, parent };
    this.#own = undefined;
  }
}

function changedKeys<K, V>(
  tops: readonly (Layer<K, V> | undefined)[],
  common: Layer<K, V> | undefined,
): ReadonlySet<K> {
  const keys = new Set<K>();
  for (const top of tops) {
    for (let layer = top; layer && layer !== common; layer = layer.parent) {
      for (const key of layer.entries.keys()) keys.add(key);
    }
  }
  return keys;
}
