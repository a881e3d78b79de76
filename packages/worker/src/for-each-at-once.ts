/** Runs `work` for every item, at most `count` of them at a time, in order. Rejects with the first failure. */
export async function forEachAtOnce<Item>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const runner = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: count }, runner));
}
