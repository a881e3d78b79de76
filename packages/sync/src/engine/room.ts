import type { WorkList } from './work-list.ts';

/** Holds those back who find files while more of them wait than memory should hold. */
export interface Room {
  /** Resolves when there is room for more, or when the engine stops. */
  wait(): Promise<void>;
  /** Some may have left. */
  update(): void;
}

export interface RoomOptions {
  readonly list: Pick<WorkList, 'failing' | 'size'>;
  /** So many more wait to be moved. */
  readonly moving: () => number;
  readonly maxPending: number;
  readonly signal: AbortSignal;
}

export function createRoom({ list, moving, maxPending, signal }: RoomOptions): Room {
  // Files that fail, however many, must not keep the others from being found.
  const isFull = () => list.size - list.failing.size + moving() >= maxPending;
  const waiting = new Set<() => void>();
  const letIn = () => {
    for (const goOn of waiting) goOn();
    waiting.clear();
  };
  signal.addEventListener('abort', letIn, { once: true });
  return {
    async wait() {
      while (isFull() && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
      }
    },
    update() {
      if (!isFull()) letIn();
    },
  };
}
