import type { CommandContext } from '../context.ts';
import { createJsonReporter } from './json-reporter.ts';
import { createLineReporter } from './line-reporter.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** Events for a program, bars for a terminal, lines for everything else. */
export async function createReporter(context: CommandContext, options: ReporterOptions): Promise<Reporter> {
  const { output, stdout, stderr, environment } = context;
  if (output.isJson) return createJsonReporter(output, options);
  if (!stdout.isTTY || !stderr.isTTY || environment['TERM'] === 'dumb') {
    return createLineReporter((line) => stdout.write(`${line}\n`), options);
  }
  const { createTerminalReporter } = await import('./terminal-reporter.ts');
  return createTerminalReporter(stderr, options);
}
