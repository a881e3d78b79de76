import type { JobHandler } from '@instashare/backend/queue';
import { requireClock } from '../sweep/require-clock.ts';
import { runSteps } from '../sweep/run-steps.ts';
import { AUDIT_STEPS, REGULAR_STEPS } from '../sweep/steps.ts';
import type { SweepDependencies } from '../sweep/sweep-context.ts';

/** A page of the store and of the blobs each time: a million objects are through in less than four days. */
const AUDIT_INTERVAL_MS = 5 * 60_000;
/**
 * A database that was put back to an older state takes for strays what came since. There is time to notice it and to put
 * back the right one, which knows of no such deletion. A sweep by hand does not wait: who starts it has looked.
 */
const STRAY_GRACE_MS = 7 * 24 * 60 * 60_000;
/** For each step. */
const BUDGET_MS = 10_000;

/**
 * The job that makes one round of repairs and removals. Each step is bounded, and one that fails does not keep
 * the others from running.
 */
export function createSweep(deps: SweepDependencies): JobHandler<'sweep'> {
  const { sweepCursors } = deps.database.repositories;
  const cursors = {
    find: (step: string) => sweepCursors.find(step),
    save: (step: string, cursor: string | null) => sweepCursors.save(step, cursor, deps.now()),
  };
  return async (_, { log, signal }) => {
    await requireClock(deps.database.repositories.instance);
    const isAudit = await sweepCursors.claimTurn('audit', deps.now(), AUDIT_INTERVAL_MS);
    const steps = { ...REGULAR_STEPS, ...(isAudit ? AUDIT_STEPS : {}) };
    const turn = { budgetMs: BUDGET_MS, onProgress() {}, signal };
    const context = { ...deps, ...turn, isDryRun: false, strayGraceMs: STRAY_GRACE_MS, cursors, log };
    const { counts, failure } = await runSteps(steps, context);
    if (Object.keys(counts).length > 0) log.info(counts, 'swept');
    if (failure !== null) throw failure;
  };
}
