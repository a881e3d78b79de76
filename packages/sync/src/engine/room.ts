import type { WorkList } from './work-list.ts';

/** Holds those back who find files while more of them wait than memory should hold. */
export interface Room {
  /** As many wait to be uploaded as may. */
  readonly isFull: boolean;
  /** For a scan: resolves when there is room for more, or when the engine stops. */
  wait(): Promise<void>;
  /**
   * For a look at a hint: resolves when there is room for more files that are to be moved, or when the engine stops. It
   * never waits for uploads: deletions wait for it, and uploads may wait for those, for room on the server.
   */
  waitToMove(): Promise<void>;
  /** Some may have left. */
  update(): void;
}

export interface RoomOptions {
  readonly list: Pick<WorkList, 'failing' | 'size'>;
  /** So many wait to be moved. */
  readonly moving: () => number;
  readonly maxPending: number;
  readonly signal: AbortSignal;
}

export function createRoom({ list, moving, maxPending, signal }: RoomOptions): Room {
  // Files that fail, however many, must not keep the others from being found.
  const isFull = () => list.size - list.failing.size >= maxPending;
  const isMoving = () => moving() >= maxPending;
  const scans = createQueue(() => isFull() || isMoving(), signal);
  const looks = createQueue(isMoving, signal);
  return {
    get isFull() {
      return isFull();
    },
    wait: () => scans.wait(),
    waitToMove: () => looks.wait(),
    update() {
      scans.update();
      looks.update();
    },
  };
}

function createQueue(isHeld: () => boolean, signal: AbortSignal) {
  const waiting = new Set<() => void>();
  const letIn = () => {
    for (const goOn of waiting) goOn();
    waiting.clear();
  };
  signal.addEventListener('abort', letIn, { once: true });
  return {
    async wait() {
      while (isHeld() && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
      }
    },
    update() {
      if (!isHeld()) letIn();
    },
  };
}
