import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withEnvFile } from '../start/env-file.ts';
import { createSandbox } from './started.ts';

test('.env in the checkout configures the start, and what is set already wins', async () => {
  await using sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, '.env'), 'PORT=http\nHOST=192.0.2.1\n# WORKER_CONCURRENCY=0\n');
  const faulty = sandbox.start([], { PORT: '' });
  expect(await faulty.exit).toBe(1);
  expect(faulty.output()).toBe('HOST is 192.0.2.1, which is no address of this machine.\n');

  await writeFile(join(sandbox.folder, 'other.env'), 'WORKER_CONCURRENCY=0\n');
  const other = sandbox.start([], { INSTASHARE_ENV_FILE: 'other.env' });
  expect(await other.exit).toBe(1);
  expect(other.output()).toMatch(/^The configuration has a fault:\n.*WORKER_CONCURRENCY.*\n$/);
});

test('a file that cannot be read, or was named and is not there, is an error and not nothing', async () => {
  await using sandbox = await createSandbox();
  await expect(withEnvFile({}, sandbox.folder)).resolves.toEqual({});
  await mkdir(join(sandbox.folder, '.env'));
  const run = sandbox.start();
  expect(await run.exit).toBe(1);
  expect(run.output()).toMatch(/^\S+\.env cannot be read: EISDIR/);
  await expect(withEnvFile({ INSTASHARE_ENV_FILE: 'typo' }, sandbox.folder)).rejects.toThrow(
    'cannot be read',
  );
});

test('a data folder that the file names starts from the file', async () => {
  await using sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, '.env'), 'INSTASHARE_DATA_DIR=../files\nLOG_LEVEL="debug" # chatty\n');
  const calledFrom = { npm_lifecycle_event: 'start', INIT_CWD: '/elsewhere' };
  expect(await withEnvFile(calledFrom, sandbox.folder)).toEqual({
    ...calledFrom,
    INSTASHARE_DATA_DIR: join(sandbox.folder, '..', 'files'),
    LOG_LEVEL: 'debug',
  });
});
