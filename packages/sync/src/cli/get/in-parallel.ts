/**
 * Runs `run` for each item, so many at once; the next one is asked for when there is a hand free for it, so that
 * they never pile up. When one fails, those under way are aborted, and the failure is thrown when they have ended.
 */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
  run: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const iterator = items[Symbol.asyncIterator]();

  async function work(): Promise<void> {
    try {
      while (!either.aborted) {
        const next = await iterator.next();
        if (next.done === true) return;
        await run(next.value, either);
      }
    } catch (error) {
      // The first one is the reason; those that it aborted say nothing new.
      if (!failed.signal.aborted) failed.abort(error);
    }
  }

  await Promise.all(Array.from({ length: limit }, work));
  signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
}
