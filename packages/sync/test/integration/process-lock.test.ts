import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireProcessLock } from '../../src/adapters/process-lock.ts';

const LOCK_MODULE = join(import.meta.dirname, '../../src/adapters/process-lock.ts');

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'instashare-lock-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Another process that holds the lock until it is killed. */
async function startHolder(path: string): Promise<ChildProcess> {
  const program = `
    const { acquireProcessLock } = await import(${JSON.stringify(LOCK_MODULE)});
    const lock = await acquireProcessLock(${JSON.stringify(path)}, 0);
    console.log(lock === null ? 'refused' : 'held');
    setInterval(() => lock, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(String(await once(child.stdout, 'data')).trim()).toBe('held');
  return child;
}

test('C20: a lock is held against other processes, and what one that was killed held is free at once', async () => {
  await using folder = await makeFolder();
  const path = join(folder.path, 'a.lock');
  const holder = await startHolder(path);
  try {
    await expect(acquireProcessLock(path, 0)).resolves.toBeNull();
  } finally {
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  }
  using lock = await acquireProcessLock(path, 0);
  expect(lock).not.toBeNull();
});
