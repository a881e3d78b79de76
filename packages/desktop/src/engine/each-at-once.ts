const AT_ONCE = 6;

/**
 * Does something with each, a few at once, in their order. After the first that rejects no more are begun; it rejects with
 * that when those that run have ended.
 */
export async function eachAtOnce<T>(items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const failures: unknown[] = [];
  async function work(): Promise<void> {
    for (let next = left.next(); next.done !== true && failures.length === 0; next = left.next())
      await run(next.value).catch((error: unknown) => void failures.push(error));
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw failures[0];
}
