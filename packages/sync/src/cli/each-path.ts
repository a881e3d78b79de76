import { isInstashareError } from '@instashare/client/node';
import { CliError, explain } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { printable } from './format.ts';

/** Does the same with one path after the other; one that fails is told, and the rest goes on. Gives the exit code. */
export async function eachPath(
  context: Pick<CommandContext, 'output' | 'signal'>,
  paths: readonly string[],
  run: (path: string) => Promise<void>,
): Promise<number> {
  let failed = 0;
  for (const path of paths) {
    context.signal.throwIfAborted();
    try {
      await run(path);
    } catch (error) {
      if (context.signal.aborted) throw error;
      tellFailure(context, { path, error });
      failed += 1;
    }
  }
  return failed === 0 ? EXIT_OK : EXIT_FAILED;
}

/** Tells a failure that concerns one path; throws one that concerns all of them, and a bug. */
export function tellFailure(
  { output }: Pick<CommandContext, 'output'>,
  { path, error }: { readonly path: string; readonly error: unknown },
): void {
  const known = explain(error);
  if (known === undefined || concernsAll(error)) throw error;
  // Words made for the person name the path already.
  const message = error instanceof CliError ? error.message : `${printable(path)}: ${known.message}`;
  output.error({ code: known.code, message, path });
}

function concernsAll(error: unknown): boolean {
  return isInstashareError(
    error,
    'network',
    'bad_response',
    'unauthenticated',
    'session_ended',
    'token_refused',
  );
}
