/**
 * `instashare-admin`: what who runs the server does by hand, on the server's machine and with its configuration. A
 * room of the worker and no package of its own: it sweeps, verifies and fails content as workers do, by their code.
 */
import { unsetEmpty } from '@instashare/backend/config';
import { createLog } from '@instashare/backend/log';
import { composeSweep } from '../compose.ts';
import { EXIT, UsageError } from './admin-error.ts';
import { readConfiguration } from './configuration.ts';
import { describeError } from './describe-error.ts';
import { HELP } from './help.ts';
import { createOpeners } from './open-parts.ts';
import { type CommandLine, parseCommandLine } from './parse-command-line.ts';
import { createProgress } from './progress.ts';
import { readPassword } from './read-password.ts';
import { createReport } from './report.ts';

async function run(line: CommandLine, stop: AbortController): Promise<number> {
  const config = await readConfiguration(process.env, line.dataDir);
  // What a person wants to know is reported; the log is for what goes wrong below.
  const level = process.env['LOG_LEVEL'] ?? 'error';
  const progress = createProgress(process.stderr, { isJson: line.isJson, term: process.env['TERM'] });
  await using made = new AsyncDisposableStack();
  const log = createLog({ name: 'admin', level, toStandardError: true });
  const context = {
    config,
    log,
    signal: stop.signal,
    readPassword: () => readPassword({ stdin: process.stdin, stderr: process.stderr, stop }),
    report: createReport(line.isJson, (text) => progress.around(() => void process.stdout.write(text))),
    showProgress: progress.show,
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
    if (!line.isHelp) return await run(line, stop);
    process.stdout.write(HELP);
    return EXIT.done;
  } catch (error) {
    if (stop.signal.aborted) return EXIT.interrupted;
    process.stderr.write(`instashare-admin: ${describeError(error)}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
}

process.exitCode = await main();
