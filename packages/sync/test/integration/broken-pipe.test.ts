import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

/** Runs a command whose output goes to a disk that is full; gives what it says on standard error. */
async function runIntoFullDisk(args: readonly string[], configFolder: string) {
  await using full = await open('/dev/full', 'w');
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, INSTASHARE_CONFIG_DIR: configFolder },
    stdio: ['ignore', full.fd, 'pipe'],
  });
  if (child.stderr === null) throw new Error('there is no standard error');
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { exitCode: child.exitCode, said };
}

/** Runs a command whose output nobody reads, and gives its exit code. */
async function runUnheard(args: readonly string[], configFolder: string): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, INSTASHARE_CONFIG_DIR: configFolder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.destroy();
  await once(child, 'exit');
  return child.exitCode;
}

test('a run that fails says so by its exit code, though nobody reads its output', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'instashare-pipe-'));
  try {
    // Nobody is logged in.
    const configFolder = join(folder, 'config');
    expect(await runUnheard(['--json', 'watch', folder, '--once'], configFolder)).toBe(1);
    expect(await runUnheard(['--json', 'upload', 'a.txt'], configFolder)).toBe(1);
    expect(await runUnheard(['--json', 'ls'], configFolder)).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.runIf(process.platform === 'linux')(
  'output that a full disk does not take is told of in a line, and makes the run a failed one',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'instashare-full-'));
    try {
      const told = await runIntoFullDisk(['completion', 'bash'], folder);
      expect(told).toEqual({
        exitCode: 1,
        said: expect.stringMatching(/^instashare: Can't write the output: ENOSPC.*\n$/) as unknown,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
