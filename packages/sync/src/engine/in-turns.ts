/** Runs `work` for each item, so many at once. Rejects with the first failure, when none is under way any more. */
export async function inTurns<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const workOn = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value);
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, workOn));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
