import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_FAILED, EXIT_OK } from '../exit-codes.ts';
import { managerOf } from '../service/manager-of.ts';
import { runStep } from '../service/run-steps.ts';

/** What the system says of the service; gives the exit code. */
export async function serviceStatus(context: CommandContext, name: string): Promise<number> {
  const manager = managerOf(context, name);
  if ((await stat(manager.path).catch(() => null)) === null) {
    throw new CliError(`There is no service ${name} (${manager.path})`, { code: 'not_found' });
  }
  const { exitCode, output } = await runStep(manager.status);
  const isRunning = exitCode === 0;
  context.output.result(
    { event: 'service', name, path: manager.path, isRunning, said: output },
    output === '' ? `The service ${name} ${isRunning ? 'runs' : 'does not run'}` : output,
  );
  return isRunning ? EXIT_OK : EXIT_FAILED;
}
