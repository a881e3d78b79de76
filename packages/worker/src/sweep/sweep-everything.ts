import { runSteps } from './run-steps.ts';
import { AUDIT_STEPS, createRegularSteps } from './steps.ts';
import type { SweepContext } from './sweep-context.ts';

/**
 * All steps, one part after the other, until each has been through everything once. Gives what each did, or
 * would do. Rejects after the last one when any failed: one that fails does not keep the others from running.
 */
export async function sweepEverything(
  context: Omit<SweepContext, 'cursors'>,
): Promise<Record<string, number>> {
  const totals: Record<string, number> = {};
  const failures: unknown[] = [];
  const cursors = new Map<string, string>();
  const memory = {
    find: async (step: string) => cursors.get(step) ?? null,
    async save(step: string, cursor: string | null) {
      if (cursor === null) cursors.delete(step);
      else cursors.set(step, cursor);
    },
  };
  // Each on its own: one that is through must not begin anew while others go on.
  for (const [name, step] of Object.entries({ ...AUDIT_STEPS, ...createRegularSteps() })) {
    try {
      do {
        const counts = await runSteps({ [name]: step }, { ...context, cursors: memory });
        for (const [counted, count] of Object.entries(counts))
          totals[counted] = (totals[counted] ?? 0) + count;
      } while (cursors.size > 0 && !context.signal.aborted);
    } catch (error) {
      failures.push(error);
      cursors.clear();
    }
  }
  if (failures.length > 0) throw new AggregateError(failures);
  return totals;
}
