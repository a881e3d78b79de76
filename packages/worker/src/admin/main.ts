/**
 * `instashare-admin`: what who runs the server does by hand, on the server's machine and with its configuration. A
 * room of the worker and no package of its own: it sweeps, verifies and fails content as workers do, by their code.
 */
import { ConfigError, unsetEmpty } from '@instashare/backend/config';
import { isStorageError } from '@instashare/backend/errors';
import { createLog } from '@instashare/backend/log';
import { composeSweep } from '../compose.ts';
import { AdminError, EXIT, UsageError } from './admin-error.ts';
import { readConfiguration } from './configuration.ts';
import { HELP } from './help.ts';
import { createOpeners } from './open-parts.ts';
import { type CommandLine, parseCommandLine } from './parse-command-line.ts';
import { createReport } from './report.ts';

async function run(line: CommandLine, signal: AbortSignal): Promise<number> {
  const config = await readConfiguration(process.env, line.dataDir);
  // What a person wants to know is reported; the log is for what goes wrong below.
  const level = process.env['LOG_LEVEL'] ?? 'error';
  await using made = new AsyncDisposableStack();
  const log = createLog({ name: 'admin', level, toStandardError: true });
  const context = {
    config,
    log,
    signal,
    report: createReport(line.isJson, (text) => process.stdout.write(text)),
    now: () => new Date(),
    sweep: composeSweep,
    ...createOpeners(config, { log, made }),
  };
  return await line.run(context, line);
}

async function main(): Promise<number> {
  unsetEmpty(process.env);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    const line = parseCommandLine(process.argv.slice(2));
    if (!line.isHelp) return await run(line, stop.signal);
    process.stdout.write(HELP);
    return EXIT.done;
  } catch (error) {
    if (stop.signal.aborted) return EXIT.interrupted;
    process.stderr.write(`instashare-admin: ${describe(error)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected =
    [AdminError, ConfigError, UsageError].some((kind) => error instanceof kind) ||
    isStorageError(error) ||
    'code' in error;
  if (error instanceof AggregateError && error.message === '') return error.errors.map(describe).join('; ');
  return isExpected ? error.message : (error.stack ?? error.message);
}

process.exitCode = await main();
