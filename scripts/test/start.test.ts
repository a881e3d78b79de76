import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test, vi } from 'vitest';
import { createSandbox } from './started.ts';

vi.setConfig({ testTimeout: 60_000 });

test('brings everything up, says where it is, and Ctrl-C takes it down in order', async () => {
  await using sandbox = await createSandbox();
  const folder = join(sandbox.folder, 'watched');
  await mkdir(folder);
  const run = sandbox.start(['--watch', folder]);
  await run.prints(`watching ${folder}`);

  const ready = run.output();
  expect(ready).toMatch(/^ {2}API {4}http:\/\/127\.0\.0\.1:\d+$/m);
  expect(ready).toContain(`  Data   ${sandbox.dataDir}\n`);
  expect(ready).toContain(`  Logs   ${join(sandbox.dataDir, 'logs')}\n`);
  expect(ready).toContain('  Stop   Ctrl-C\n');
  expect(await readFile(join(sandbox.dataDir, 'logs', 'api.log'), 'utf8')).toContain('"listening"');

  run.ctrlC();
  expect(await run.exit).toBe(0);

  await sandbox.expectNoProcess();
  const ends = (await sandbox.events()).filter((event) => /\bends?\b|ended/.test(event));
  expect(ends.slice(0, 2)).toEqual(['uploader ends: SIGTERM', 'uploader ended']);
  expect(ends.slice(2).toSorted()).toEqual([
    'api ended',
    'api ends: SIGTERM',
    'worker ended',
    'worker ends: SIGTERM',
  ]);
  const databaseLog = await readFile(join(sandbox.dataDir, 'logs', 'postgres.log'), 'utf8');
  expect(databaseLog.trimEnd()).toMatch(/database system is shut down$/);
});

test('keeps its secrets from start to start, and never shows them', async () => {
  await using sandbox = await createSandbox();
  await using database = await createTestDatabase();
  const folder = join(sandbox.folder, 'watched');
  await mkdir(folder);
  const secrets = async () => [
    await readFile(join(sandbox.dataDir, 'auth-secret'), 'utf8'),
    await readFile(join(sandbox.dataDir, 'local-account', 'password'), 'utf8'),
  ];
  const outputs: string[] = [];
  const kept: string[][] = [];
  for (let start = 0; start < 2; start += 1) {
    const run = sandbox.start(['--watch', folder], { DATABASE_URL: database.url });
    await run.prints('watching');
    kept.push(await secrets());
    run.ctrlC();
    expect(await run.exit).toBe(0);
    outputs.push(run.output());
  }
  expect(kept[1]).toEqual(kept[0]);
  for (const secret of kept.flat()) expect(outputs.join('')).not.toContain(secret);
  const logIns = (await sandbox.events()).filter((event) => /^(whoami|login|register)/.test(event));
  expect(logIns).toEqual(['register local@instashare.invalid', 'whoami']);
});

test('a second start on the same data folder names the one that has it, and leaves it alone', async () => {
  await using sandbox = await createSandbox();
  await using database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url };
  const first = sandbox.start([], environment);
  await first.prints('Instashare is ready');

  const second = sandbox.start([], environment);
  expect(await second.exit).toBe(1);
  expect(second.output()).toBe(
    `The data folder ${sandbox.dataDir} is in use by another Instashare (process ${first.pid}).\n`,
  );

  first.ctrlC();
  expect(await first.exit).toBe(0);
  expect((await sandbox.events()).filter((event) => event.includes('started'))).toHaveLength(2);
});

test('a busy port is named, with the way to choose another', async () => {
  await using sandbox = await createSandbox();
  await using busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const address = busy.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  const run = sandbox.start([], { PORT: String(port) });

  expect(await run.exit).toBe(1);
  expect(run.output()).toMatch(
    new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken.*PORT=\\d+ npm start\n$`),
  );
  expect(existsSync(join(sandbox.dataDir, 'postgres'))).toBe(false);
});

test.for([
  [
    'a data folder below a file',
    [],
    { INSTASHARE_DATA_DIR: 'a-file/data' },
    /^The data folder \S+ cannot be written: part of its path is a file\. INSTASHARE_DATA_DIR chooses another\.\n$/,
  ],
  [
    'a data folder that is a file',
    [],
    { INSTASHARE_DATA_DIR: 'a-file' },
    /^The data folder \S+ cannot be written: it is a file\..*\n$/,
  ],
  [
    'a folder to watch that does not exist',
    ['--watch', 'nowhere'],
    {},
    /^The folder \S+\/nowhere does not exist\.\n$/,
  ],
  [
    'a folder to watch that is a file',
    ['--watch', 'a-file'],
    {},
    /^The folder \S+\/a-file is not a folder\.\n$/,
  ],
  [
    'a folder to watch that holds the data folder',
    ['--watch', '.'],
    {},
    /^The folder \S+ and the data folder \S+ lie one in the other: .*\n$/,
  ],
  [
    'a flag that nobody knows',
    ['--wacth', '.'],
    {},
    /^Unknown option '--wacth'.* Use: npm start -- \[--watch FOLDER \[--to PREFIX\]\]\n$/,
  ],
  [
    'a setting that is wrong',
    [],
    { PORT: 'http', WORKER_CONCURRENCY: '0' },
    /^The configuration has faults:\n.*PORT.*\n.*WORKER_CONCURRENCY.*\n$/,
  ],
  [
    'a host of another machine',
    [],
    { HOST: '192.0.2.1' },
    /^HOST is 192\.0\.2\.1, which is no address of this machine\.\n$/,
  ],
  [
    'a database that does not answer',
    [],
    { DATABASE_URL: 'postgres://x:geheim@127.0.0.1:1/x' },
    /^The database cannot be used: .*ECONNREFUSED.*\n$/,
  ],
] as const)('%s: one clear line, and exit code 1', async ([, args, environment, line]) => {
  await using sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, 'a-file'), '');

  const run = sandbox.start(args, environment);

  expect(await run.exit).toBe(1);
  expect(run.output()).toMatch(line);
  expect(await sandbox.events()).toEqual([]);
});

test('a program that cannot start ends the start, and the line says where to look', async () => {
  await using sandbox = await createSandbox();
  await using database = await createTestDatabase();
  await mkdir(sandbox.dataDir);
  await writeFile(join(sandbox.dataDir, 'api-fails'), '');

  const run = sandbox.start([], { DATABASE_URL: database.url });

  expect(await run.exit).toBe(1);
  expect(run.output()).toBe(
    `The api did not start (exit code 3). See ${join(sandbox.dataDir, 'logs', 'api.log')}.\n`,
  );
  await sandbox.expectNoProcess();
});
