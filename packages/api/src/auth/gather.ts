/** Questions that may be under way at once: with one, whoever asks would wait for ever behind one that is never answered. */
const MOST_UNDER_WAY = 2;

/**
 * Makes one question of all that are asked while others are under way. Whoever asks gets an answer to a question that
 * was sent after they asked: nothing is kept, so no answer is older than its question.
 */
export function gather<Key, Value>(
  ask: (keys: ReadonlySet<Key>) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key) => Promise<Value | null> {
  let next: { readonly keys: Set<Key>; readonly answers: Promise<ReadonlyMap<Key, Value>> } | null = null;
  let underWay = 0;
  let free = Promise.withResolvers<void>();

  /** Who asks in the same turn of the event loop is in it as well. */
  const send = async (keys: ReadonlySet<Key>): Promise<ReadonlyMap<Key, Value>> => {
    await Promise.resolve();
    // One alone waits here: who comes meanwhile joins it.
    if (underWay >= MOST_UNDER_WAY) await free.promise;
    next = null;
    underWay += 1;
    try {
      return await ask(keys);
    } finally {
      underWay -= 1;
      free.resolve();
      free = Promise.withResolvers();
    }
  };

  return async (key) => {
    if (next === null) {
      const keys = new Set<Key>();
      next = { keys, answers: send(keys) };
    }
    next.keys.add(key);
    return (await next.answers).get(key) ?? null;
  };
}
