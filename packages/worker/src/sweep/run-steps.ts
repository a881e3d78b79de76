import type { SweepSteps } from './steps.ts';
import type { SweepContext } from './sweep-context.ts';

export interface Swept {
  /** What each step did, where it did something. */
  readonly counts: Readonly<Record<string, number>>;
  /** What went wrong, to be thrown when the counts have been told. */
  readonly failure: AggregateError | null;
}

/** Makes the steps one after the other: one that fails does not keep the others from running. */
export async function runSteps(steps: SweepSteps, context: SweepContext): Promise<Swept> {
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
  if (failures.size === 0) return { counts, failure: null };
  const names = [...failures.keys()].join(', ');
  return { counts, failure: new AggregateError(failures.values(), `Parts of the sweep failed (${names})`) };
}
