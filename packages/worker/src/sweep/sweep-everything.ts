import { requireClock } from './require-clock.ts';
import { runSteps, type Swept } from './run-steps.ts';
import { AUDIT_STEPS, REGULAR_STEPS } from './steps.ts';
import type { SweepContext } from './sweep-context.ts';

export interface SweepOptions
  extends Omit<SweepContext, 'budgetMs' | 'cursors' | 'onProgress' | 'strayGraceMs'> {
  /** Told what the step that is at work has done so far, or would do. */
  readonly onProgress: (step: string, done: number) => void;
}

/**
 * All steps, one after the other, each until nothing is left for it. Gives what each did, or would do, and what failed:
 * one that fails does not keep the others from running, nor itself from what it leaves behind.
 */
export async function sweepEverything(context: SweepOptions): Promise<Swept> {
  await requireClock(context.database.repositories.instance);
  const totals: Record<string, number> = {};
  const failures: unknown[] = [];
  // Each on its own: one that is through must not begin anew while others go on.
  for (const [name, step] of Object.entries({ ...AUDIT_STEPS, ...REGULAR_STEPS })) {
    const cursors = cursorsInMemory();
    let from: string;
    do {
      from = cursors.text();
      const onProgress = (done: number) => context.onProgress(name, (totals[name] ?? 0) + done);
      onProgress(0);
      const turn = { ...context, budgetMs: Number.POSITIVE_INFINITY, strayGraceMs: 0, cursors, onProgress };
      const { counts, failure } = await runSteps({ [name]: step }, turn);
      const { [name]: done = 0 } = counts;
      if (done > 0) totals[name] = (totals[name] ?? 0) + done;
      if (failure === null) continue;
      failures.push(failure);
      if (cursors.text() === from) break;
    } while (cursors.text() !== '' && !context.signal.aborted);
  }
  return { counts: totals, failure: failures.length === 0 ? null : new AggregateError(failures) };
}

/** Of one step; `text` tells one place from another, and is empty before the first and after the last. */
function cursorsInMemory() {
  const cursors = new Map<string, string>();
  return {
    text: () => [...cursors.values()].join(),
    find: async (step: string) => cursors.get(step) ?? null,
    async save(step: string, cursor: string | null) {
      if (cursor === null) cursors.delete(step);
      else cursors.set(step, cursor);
    },
  };
}
