// Things kept in memory up to a size; what was not used for longest goes first.

export interface Memory<Value> {
  find(key: string): Value | undefined;
  /** Keeps it, unless it alone is larger than the whole. */
  keep(key: string, value: Value, bytes: number): void;
  /** Forgets every key that begins so. */
  forget(start: string): void;
}

/** @param limit bytes of memory, about. */
export function createMemory<Value>(limit: number): Memory<Value> {
  // A Map keeps the order in which keys were set, so the first one is the oldest.
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    find(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    keep(key, value, size) {
      remove(key);
      if (size > limit) return;
      entries.set(key, { value, bytes: size });
      bytes += size;
      for (const oldest of entries.keys()) {
        if (bytes <= limit) break;
        remove(oldest);
      }
    },
    forget(start) {
      for (const key of [...entries.keys()]) if (key.startsWith(start)) remove(key);
    },
  };
}
