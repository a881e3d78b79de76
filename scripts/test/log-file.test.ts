import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type LogLimits, openLogFile } from '../start/log-file.ts';
import { SOON } from './started.ts';

/** Writes numbered lines to its output, without an end. */
const WRITER = `let n = 0; setInterval(() => require('fs').writeSync(1, 'line ' + n++ + '.'.repeat(80) + '\\n'), 1)`;

const numbersIn = (text: string) => [...text.matchAll(/line (\d+)/g)].map(([, number]) => Number(number));

/** Has a program write to a log until it was put aside and went on. Returns the log's path. */
async function writeUntilPutAside(folder: string, limits: LogLimits): Promise<string> {
  await using log = await openLogFile(folder, 'api', limits);
  const writer = spawn(process.execPath, ['-e', WRITER], { stdio: ['ignore', log.handle.fd, 'inherit'] });
  try {
    await vi.waitFor(() => expect(existsSync(`${log.path}.1`)).toBe(true), SOON);
    const last = numbersIn(await readFile(`${log.path}.1`, 'utf8')).at(-1) ?? Number.NaN;
    await vi.waitFor(async () => {
      const [first = 0] = numbersIn(await readFile(log.path, 'utf8'));
      expect(first).toBeGreaterThan(last);
    }, SOON);
  } finally {
    writer.kill();
    await once(writer, 'exit');
  }
  return log.path;
}

test('a log is put aside while programs write to it, and they go on at its start', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-log-'));
  const maxSizeBytes = 5_000;
  const path = await writeUntilPutAside(folder.path, { maxSizeBytes, lookIntervalMs: 20 });
  const [now, before] = [await readFile(path, 'utf8'), await readFile(`${path}.1`, 'utf8')];
  // Not a hole as long as what was put aside.
  expect(now).toMatch(/^(line |$)/);
  const numbers = [...numbersIn(before), ...numbersIn(now)];
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(before.length).toBeGreaterThanOrEqual(maxSizeBytes);
  expect(before.length).toBeLessThanOrEqual(2 * maxSizeBytes);
});

test('a log that was large at the end of the last run is put aside at once', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-log-'));
  const limits = { maxSizeBytes: 100, lookIntervalMs: 60_000 };
  {
    await using log = await openLogFile(folder.path, 'api', limits);
    await log.handle.write('x'.repeat(150) + 'y'.repeat(50));
  }
  await using log = await openLogFile(folder.path, 'api', limits);
  expect(await readFile(log.path, 'utf8')).toBe('');
  expect(await readFile(`${log.path}.1`, 'utf8')).toBe('x'.repeat(50) + 'y'.repeat(50));
});
