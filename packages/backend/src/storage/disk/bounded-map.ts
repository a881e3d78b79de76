/** A map that forgets what was set longest ago once it holds `maxEntries`. */
export function createBoundedMap<Value>(maxEntries: number) {
  const entries = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => entries.get(key),
    set(key: string, value: Value): void {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= maxEntries) return;
      const oldest = entries.keys().next();
      if (oldest.done !== true) entries.delete(oldest.value);
    },
    delete(key: string): void {
      entries.delete(key);
    },
  };
}

export type BoundedMap<Value> = ReturnType<typeof createBoundedMap<Value>>;
