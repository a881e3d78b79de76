import { rm, stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { managerOf } from '../service/manager-of.ts';
import { runStep, runSteps } from '../service/run-steps.ts';

export interface RemoveServiceOptions {
  readonly name: string;
  /** Only shows what would be run and removed. */
  readonly isDryRun: boolean;
}

/** Ends the service and removes it; what is known of the folders, and what is on the server, stays. */
export async function removeService(
  context: CommandContext,
  { name, isDryRun }: RemoveServiceOptions,
): Promise<void> {
  const { output } = context;
  const { path, stop, forget } = managerOf(context, name);
  if (isDryRun) {
    const steps = [...stop, ['rm', path], ...forget].map((step) => step.join(' '));
    output.result({ event: 'service_plan', path, steps }, steps.join('\n'));
    return;
  }
  if ((await stat(path).catch(() => null)) === null) {
    throw new CliError(`There is no service ${name} (${path})`, { code: 'not_found' });
  }
  // It may not run, or never have.
  for (const step of stop) await runStep(step).catch(() => undefined);
  await rm(path);
  await runSteps(forget).catch(() => undefined);
  output.result({ event: 'service_removed', path }, `The service ${name} is removed`);
}
