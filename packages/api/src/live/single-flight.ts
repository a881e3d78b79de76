/** Who asks for the same while it is being fetched gets the same answer. */
export interface SingleFlight<Key, Value> {
  get(key: Key): Promise<Value>;
  /** Who asks from now on is not given what was asked for before. */
  startAnew(): void;
}

export function createSingleFlight<Key, Value>(
  fetch: (key: Key) => Promise<Value>,
): SingleFlight<Key, Value> {
  const running = new Map<Key, Promise<Value>>();
  return {
    get(key) {
      const other = running.get(key);
      if (other !== undefined) return other;
      const started = fetch(key).finally(() => {
        if (running.get(key) === started) running.delete(key);
      });
      running.set(key, started);
      return started;
    },
    startAnew: () => running.clear(),
  };
}
