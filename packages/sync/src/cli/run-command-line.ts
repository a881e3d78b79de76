import { CommanderError } from 'commander';
import { explain } from './cli-error.ts';
import { configFolderOf } from './config-folder.ts';
import type { Surroundings } from './context.ts';
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { createProgram } from './program.ts';
import { listenForStop } from './stop-signals.ts';
import { createStyle, wantsColour } from './style.ts';

/** Runs one command line and returns the exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { environment, stdout, stderr } = surroundings;
  using stop = listenForStop(environment);
  const flags = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length);
  const isRefused = flags.includes('--no-color');
  const styleFor = (stream: typeof stdout) => createStyle(wantsColour(stream, { environment, isRefused }));
  const output = createOutput(surroundings, {
    isJson: flags.includes('--json'),
    errorStyle: styleFor(stderr),
  });
  let exitCode: number = EXIT_OK;
  let isOnlyOutput = false;
  let isCutOff = false;
  // Whatever does more than to tell goes on without being heard.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `instashare ls | head` closes our output early: that is no failure.
    if (error.code === 'EPIPE' && isOnlyOutput) process.exit(EXIT_OK);
    if (error.code === 'EPIPE' || isCutOff) return;
    isCutOff = true;
    output.error({ code: error.code ?? 'failed', message: `Can't write the output: ${error.message}` });
    if (isOnlyOutput) process.exit(EXIT_FAILED);
  });
  stderr.on('error', () => {});
  const program = createProgram({
    ...surroundings,
    output,
    style: styleFor(stdout),
    configFolder: configFolderOf(environment),
    signal: stop.signal,
    onExitCode: (code) => (exitCode = code),
    onOnlyOutput: () => (isOnlyOutput = true),
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode === EXIT_OK && isCutOff ? EXIT_FAILED : exitCode;
  } catch (error) {
    // Commander has said already what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_OK : EXIT_USAGE;
    if (stop.signal.aborted) return EXIT_INTERRUPTED;
    const known = explain(error);
    output.error(known ?? { code: 'internal_error', message: `a fault of this program: ${String(error)}` });
    if (known === undefined && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
    return known?.exitCode ?? EXIT_FAILED;
  }
}
