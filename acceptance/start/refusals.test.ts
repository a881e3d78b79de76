/** What keeps it from starting: one clear line each, exit code 1, and nothing left behind. */
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type InstanceOptions, launchInstance } from '../harness/instance.ts';
import { findFreePort } from '../harness/port.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

/** Starts, and expects that it gives up by itself and says one line, which it returns. */
async function refusal(options: InstanceOptions): Promise<string> {
  await using instance = await launchInstance(options);
  expect(await instance.exited, instance.output()).toBe(1);
  const said = instance.output().trim();
  expect(said).not.toMatch(/\n\s+at |Error:/);
  expect(said.split('\n'), said).toHaveLength(1);
  return said;
}

describe('npm start refuses', () => {
  test('a busy port', async () => {
    const server = createServer();
    const port = await findFreePort();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    await using folder = await makeTempFolder();
    try {
      // Disposing an instance expects its port to be free: this one never gets it.
      const said = await refusal({
        environment: { PORT: String(port), INSTASHARE_DATA_DIR: folder.path },
      });
      expect(said).toContain(String(port));
      expect(said).toMatch(/\b(taken|in use|busy)\b/);
    } finally {
      server.close();
    }
  });

  test('a data folder that another instance uses', async () => {
    const dataDir = inject('dataDir');
    const said = await refusal({ environment: { INSTASHARE_DATA_DIR: dataDir } });
    expect(said).toContain(dataDir);
    expect(said).toMatch(/\bin use\b/);
    expect((await fetch(`${inject('server')}/readyz`)).status, 'the other is not disturbed').toBe(200);
  });

  test('a data folder that is a file', async () => {
    await using folder = await makeTempFolder();
    const path = join(folder.path, 'file');
    await writeFile(path, 'not a folder');
    expect(await refusal({ environment: { INSTASHARE_DATA_DIR: path } })).toContain(path);
    const below = join(path, 'data');
    expect(await refusal({ environment: { INSTASHARE_DATA_DIR: below } })).toContain(below);
  });

  test('a data folder that it may not write', async () => {
    await using folder = await makeTempFolder();
    const path = join(folder.path, 'read-only');
    await mkdir(path);
    await chmod(path, 0o555);
    const said = await refusal({ environment: { INSTASHARE_DATA_DIR: path }, boundByPermissions: true });
    expect(said).toContain(path);
    expect(said).toMatch(/cannot be written|can't be written/);
  });

  test.each([
    ['that does not exist', 'nowhere'],
    ['that is a file', 'file.txt'],
  ])('a folder to watch %s', async (_what, name) => {
    await using folder = await makeTempFolder();
    await writeFile(join(folder.path, 'file.txt'), 'text');
    const path = join(folder.path, name);
    expect(await refusal({ args: ['--watch', path] })).toContain(path);
  });

  test('to watch its own data folder', async () => {
    await using folder = await makeTempFolder();
    const dataDir = join(folder.path, 'data');
    const environment = { INSTASHARE_DATA_DIR: dataDir };
    expect(await refusal({ args: ['--watch', folder.path], environment })).toContain(folder.path);
  });

  test.each([['--wach', 'x'], ['folder'], ['--watch']])(
    'arguments that it does not know: %s',
    async (...args) => {
      expect(await refusal({ args })).toMatch(/--watch FOLDER/);
    },
  );
});

test('every fault of the configuration is named at once', async () => {
  await using instance = await launchInstance({
    environment: { PORT: 'many', COMPRESSION_LEVEL: '99', AUTH_SECRET: 'short' },
  });
  expect(await instance.exited).toBe(1);
  const said = instance.output();
  for (const name of ['PORT', 'COMPRESSION_LEVEL', 'AUTH_SECRET']) expect(said).toContain(name);
  expect(said).not.toContain('short');
  expect(said).not.toMatch(/\n\s+at /);
});
