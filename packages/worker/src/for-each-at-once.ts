/**
 * Runs `work` for every item, at most `count` of them at a time, in order. Rejects with the first failure, behind which
 * none is begun.
 */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  // Of a generator, unlike of an array, whoever fails ends the rest for all.
  const left = (function* () {
    yield* items;
  })();
  const runner = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: count }, runner));
}
