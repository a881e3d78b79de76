import { createMoves, type Moves, type MovesOptions } from './moves.ts';
import { createRemovals, type Removals, type RemovalsOptions } from './removals.ts';
import { GIVE_UP_AFTER_FAILURES } from './settle-items.ts';

/** What becomes of files that the server has: they are moved there, or put into the trash. */
export interface Changes extends AsyncDisposable {
  readonly moves: Moves;
  readonly removals: Removals;
  pump(): void;
}

export type ChangesOptions = MovesOptions & Omit<RemovalsOptions, 'isBusy'>;

export function createChanges(options: ChangesOptions): Changes {
  // A try that moves have left over is for removals before it is for uploads: they may wait for room on the server.
  const onSettled = () => {
    pump();
    options.onSettled();
  };
  // What can't be moved is uploaded instead, which is right as well.
  const moves = createMoves({ ...options, onSettled, maxFailures: GIVE_UP_AFTER_FAILURES });
  // What is uploaded, or may be moved, is not gone for good.
  const isBusy = (path: string) => options.list.has(path) || moves.has(path) || moves.isSource(path);
  const removals = createRemovals({ ...options, onSettled, isBusy });

  function pump(): void {
    moves.pump();
    removals.pump();
  }

  return {
    moves,
    removals,
    pump,
    async [Symbol.asyncDispose]() {
      await Promise.all([moves[Symbol.asyncDispose](), removals[Symbol.asyncDispose]()]);
    },
  };
}
