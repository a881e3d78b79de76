import type { Discovery } from './discovery.ts';

/** Looks at what hints name, each place once however often it is named, so many at a time. */
export interface HintQueue {
  readonly isBusy: boolean;
  readonly add: (paths: readonly string[]) => void;
}

const LOOKS_AT_ONCE = 16;

export interface HintListener {
  /** There is more to look at than what was hinted at. */
  readonly onMore: () => void;
  /** All that was hinted at so far has been looked at. */
  readonly onDrained: () => void;
}

export function createHintQueue(
  discovery: Pick<Discovery, 'look'>,
  { onMore, onDrained }: HintListener,
): HintQueue {
  const waiting = new Set<string>();
  let looking = 0;

  async function look(path: string): Promise<void> {
    if (await discovery.look(path)) onMore();
    looking -= 1;
    pump();
    if (looking === 0 && waiting.size === 0) onDrained();
  }

  function pump(): void {
    for (const path of waiting) {
      if (looking >= LOOKS_AT_ONCE) return;
      waiting.delete(path);
      looking += 1;
      void look(path);
    }
  }

  return {
    get isBusy() {
      return looking > 0 || waiting.size > 0;
    },
    add(paths) {
      for (const path of paths) waiting.add(path);
      pump();
    },
  };
}
