import type { SweepSteps } from './steps.ts';
import type { SweepContext } from './sweep-context.ts';

/** What each step did, where it did something. Rejects after the last one when any failed. */
export async function runSteps(steps: SweepSteps, context: SweepContext): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const failures = new Map<string, unknown>();
  for (const [name, step] of Object.entries(steps)) {
    if (context.signal.aborted) break;
    try {
      const count = await step(context);
      if (count > 0) counts[name] = count;
    } catch (error) {
      failures.set(name, error);
      context.log.warn({ err: error, step: name }, 'a step of the sweep failed');
    }
  }
  if (failures.size > 0) {
    const names = [...failures.keys()].join(', ');
    throw new AggregateError(failures.values(), `Parts of the sweep failed (${names})`);
  }
  return counts;
}
