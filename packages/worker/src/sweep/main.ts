/**
 * The sweep by hand, as a program of its own: one round of everything, or only a look with `--dry-run`. It may run
 * beside the workers, and does no more than they do.
 */
import { parseArgs } from 'node:util';
import { loadConfig } from '@instashare/backend/config';
import { createLog } from '@instashare/backend/log';
import { composeSweep } from '../compose.ts';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  const isDryRun = values['dry-run'];
  const config = loadConfig(process.env);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const log = createLog({ name: 'sweep', level: config.logLevel });
  const counts = await composeSweep(config, { isDryRun, log, signal: stop.signal });
  const lines = Object.entries(counts).map(([name, count]) => `  ${name}: ${count}`);
  const head = isDryRun ? 'A dry run, nothing was changed. A sweep would do:' : 'Done:';
  process.stdout.write(`${[head, ...(lines.length === 0 ? ['  nothing'] : lines)].join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
