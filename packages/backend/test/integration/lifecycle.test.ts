import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

test('a process whose parent ended before it listened for that ends in order all the same', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lifecycle', 'late-listener.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.disconnect();
  assert(child.stdout);
  const [logged] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(logged).toContain('"parent gone"');
  expect(child.exitCode).toBe(0);
});

/** Tells it to end twice, and then that it may; how it ended. */
async function endTwice(child: ChildProcess): Promise<number | null> {
  assert(child.stdout);
  let heard = 0;
  await once(child, 'message');
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('heard')) continue;
    heard += 1;
    if (heard === 1) child.kill('SIGTERM');
    else child.send('finish', () => {});
  }
  await exit;
  return child.exitCode;
}

test.for([
  ['supervised', 0],
  ['alone', 1],
] as const)('told twice to end, a process that is %s ends with %d', async ([how, exitCode]) => {
  const script = join(import.meta.dirname, 'lifecycle', 'slow-to-end.ts');
  const child = spawn(process.execPath, [script, how], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  expect(await endTwice(child)).toBe(exitCode);
});

test('a process that does not come to its end ends after the time that it was given', async () => {
  const script = join(import.meta.dirname, 'lifecycle', 'never-to-end.ts');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  assert(child.stdout);
  const logged = text(child.stdout);
  const exit = once(child, 'exit');
  await once(child, 'message');
  child.kill('SIGTERM');
  await exit;
  expect([child.exitCode, await logged]).toEqual([1, expect.stringContaining('stopping took too long')]);
});
