import { EXIT } from '../admin-error.ts';
import type { AdminCommand } from '../context.ts';

/** `sweep [--dry-run]`: everything until nothing is left. It may run beside the workers, and does no more than they do. */
export const sweep: AdminCommand = async (context, { options }) => {
  const isDryRun = options['dry-run'] === true;
  const { config, log, report, signal } = context;
  let reached = '';
  using _ = context.showProgress(() => reached);
  const onProgress = (step: string, done: number) => {
    reached = `${step}: ${done}`;
  };
  const { counts, failure } = await context.sweep(config, { isDryRun, log, onProgress, signal });
  signal.throwIfAborted();
  const lines = Object.entries(counts).map(([name, count]) => `  ${name}: ${count}`);
  const head = isDryRun ? 'A dry run, nothing was changed. A sweep would do:' : 'Done:';
  const text = [head, ...(lines.length === 0 ? ['  nothing'] : lines)].join('\n');
  report({ event: 'swept', isDryRun, counts }, text);
  if (failure !== null) throw failure;
  return EXIT.done;
};
