/**
 * Runs the named tasks of turbo.json, all of them even when one fails, and sums up the tests among them:
 * `npm test` is this with every check there is. Turborepo sends nothing anywhere.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describeTotals, readTotals, TEST_RESULTS } from './totals.ts';

const tasks = process.argv.slice(2);
const tiers = tasks.filter((task) => task.startsWith('test:')).map((task) => task.slice('test:'.length));
await rm(TEST_RESULTS, { recursive: true, force: true });

// Turborepo gets the Ctrl-C, too, and stops its tasks; what it says last is worth waiting for.
process.on('SIGINT', () => {});
const turbo = spawn(
  process.execPath,
  [createRequire(import.meta.url).resolve('turbo/bin/turbo'), 'run', ...tasks, '--continue=always'],
  { stdio: 'inherit', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' } },
);
await once(turbo, 'exit');

const totals = await readTotals(tiers);
if (tiers.length > 0) {
  const summary = describeTotals(totals);
  console.log(summary);
  await mkdir(TEST_RESULTS, { recursive: true });
  await writeFile(`${TEST_RESULTS}/summary.txt`, `${summary}\n`);
}
process.exitCode = turbo.exitCode === 0 && totals.every(({ failed }) => failed === 0) ? 0 : 1;
