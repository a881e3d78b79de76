import { withEnvFile } from './env-file.ts';
import { HELP, parseOptions } from './options.ts';
import { serve } from './serve.ts';
import type { Environment } from './settings.ts';
import { describe, StartError } from './start-error.ts';
import { listenForStop } from './stop-requests.ts';

/** What the start takes from outside. */
export interface StartContext {
  readonly environment: Environment;
  /** The folder that holds this repository, and `.env`. */
  readonly checkout: string;
  /** The TypeScript files of the programs to run. */
  readonly programs: { readonly api: string; readonly worker: string; readonly cli: string };
}

/** Runs Instashare until it is asked to stop. Returns the exit code: 0 when it was, 1 when something failed. */
export async function runStart(args: readonly string[], context: StartContext): Promise<number> {
  using stop = listenForStop(context.environment);
  stop.requested.addEventListener('abort', () =>
    console.log(`Stopping (${describe(stop.requested.reason)}) …`),
  );
  try {
    const options = parseOptions(args);
    if (options.help) {
      console.log(HELP);
      return 0;
    }
    const environment = await withEnvFile(context.environment, context.checkout);
    await serve(options, { context: { ...context, environment }, stop });
    return 1;
  } catch (error) {
    if (!isStop(error, stop.requested)) {
      console.error(error instanceof StartError ? error.message : error);
      return 1;
    }
    console.log('Stopped.');
    return stop.forced.aborted ? 1 : 0;
  }
}

function isStop(error: unknown, requested: AbortSignal): boolean {
  if (!requested.aborted) return false;
  return error === requested.reason || (error instanceof Error && error.name === 'AbortError');
}
