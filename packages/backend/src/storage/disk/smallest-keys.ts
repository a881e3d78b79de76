export interface SmallestKeys {
  add(key: string): void;
  /** How many keys it holds: never more than twice as many as it is to give. */
  readonly held: number;
  /** In order. */
  take(): string[];
}

/** Keeps the `count` first keys of any number of them, in the order of their code units. */
export function createSmallestKeys(count: number): SmallestKeys {
  let kept: string[] = [];
  /** The last of `count` keys: what lies behind it is none of the first. */
  let last: string | null = null;

  // Once for as many keys as are kept: that is cheap for each, and most of many are not even added.
  const cut = (): void => {
    kept = kept.toSorted(byCodeUnits).slice(0, count);
    if (kept.length === count) last = kept.at(-1) ?? null;
  };

  return {
    add(key) {
      if (last !== null && key >= last) return;
      kept.push(key);
      if (kept.length === 2 * count) cut();
    },
    get held() {
      return kept.length;
    },
    take() {
      cut();
      return kept;
    },
  };
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
