/** Objects that were there a moment ago. */
export interface SeenObjects {
  has(key: string): boolean;
  add(key: string): void;
}

const MOMENT_MS = 60_000;
const MOST = 10_000;

/** Of one process: content that comes again and again, as in a large import, is looked for once in a minute. */
export function createSeenObjects(nowMs: () => number = () => performance.now()): SeenObjects {
  /** When each was seen, the last one last. */
  const seenAt = new Map<string, number>();
  return {
    has(key) {
      const atMs = seenAt.get(key);
      return atMs !== undefined && nowMs() - atMs < MOMENT_MS;
    },
    add(key) {
      seenAt.delete(key);
      seenAt.set(key, nowMs());
      const [oldest] = seenAt.keys();
      if (seenAt.size > MOST && oldest !== undefined) seenAt.delete(oldest);
    },
  };
}
