import type { SweepSteps } from './steps.ts';
import type { SweepContext } from './sweep-context.ts';

/** What each step did, where it did something. Rejects after the last one when any failed. */
export async function runSteps(steps: SweepSteps, context: SweepContext): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const failures: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    if (context.signal.aborted) break;
    try {
      const count = await step(context);
      if (count > 0) counts[name] = count;
    } catch (error) {
      failures.push(error);
      context.log.warn({ err: error, step: name }, 'a step of the sweep failed');
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Parts of the sweep failed');
  return counts;
}
