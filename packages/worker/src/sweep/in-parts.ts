/** How much of its work a step does in one go. */
export interface Turn {
  /** A step goes on for as long as this while there is more to do: removing must keep up with what is made. */
  readonly budgetMs: number;
  /** Told what a step has done so far. */
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Whether a step that began at `startedMs` should leave the rest to the next sweep. */
export function isOver({ budgetMs, signal }: Omit<Turn, 'onProgress'>, startedMs: number): boolean {
  return signal.aborted || performance.now() - startedMs > budgetMs;
}

/** Does `part` again and again, until one has less than `limit` to do or the time is over. Gives how much it did. */
export async function inParts(turn: Turn, limit: number, part: () => Promise<number>): Promise<number> {
  const startedMs = performance.now();
  let done = 0;
  for (;;) {
    const count = await part();
    done += count;
    turn.onProgress(done);
    if (count < limit || isOver(turn, startedMs)) return done;
  }
}
