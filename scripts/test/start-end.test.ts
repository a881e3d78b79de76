import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test, vi } from 'vitest';
import { processesOf } from './processes.ts';
import { createSandbox, SOON } from './started.ts';

vi.setConfig({ testTimeout: 60_000 });

/** One that has ended since it was found (PostgreSQL's come and go) needs no telling. */
function tellToEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

test('killed, it leaves no process behind, and the next start takes over', async () => {
  await using sandbox = await createSandbox();
  const killed = sandbox.start();
  await killed.prints('Instashare is ready');
  expect(Object.keys(await processesOf(sandbox.folder)).length).toBeGreaterThan(4);

  process.kill(killed.pid, 'SIGKILL');
  const next = sandbox.start();
  await next.prints('Instashare is ready');

  const old = (await sandbox.events()).slice(0, 6);
  expect(old.toSorted()).toEqual([
    'api ended',
    'api ends: parent gone',
    expect.stringMatching(/^api started/),
    'worker ended',
    'worker ends: parent gone',
    expect.stringMatching(/^worker started/),
  ]);
  process.kill(next.pid, 'SIGKILL');
  await sandbox.expectNoProcess();
});

test('a program that a killed start left hanging is ended by the next one', async () => {
  await using sandbox = await createSandbox();
  await using database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url };
  const killed = sandbox.start([], environment);
  await killed.prints('Instashare is ready');
  await writeFile(join(sandbox.dataDir, 'worker-hangs'), '');
  const hanging = await sandbox.pidOf('worker');

  process.kill(killed.pid, 'SIGKILL');
  const next = sandbox.start([], environment);
  await next.prints('Instashare is ready');

  expect(Object.keys(await processesOf(sandbox.folder))).not.toContain(String(hanging));
});

test('a program that dies is started again, until it dies again and again', async () => {
  await using sandbox = await createSandbox();
  await using database = await createTestDatabase();
  const run = sandbox.start([], { DATABASE_URL: database.url });
  await run.prints('Instashare is ready');

  const first = await sandbox.pidOf('api');
  process.kill(first, 'SIGKILL');
  await vi.waitFor(async () => expect(await sandbox.pidOf('api')).not.toBe(first), SOON);
  expect(run.output()).toContain('The api ended unexpectedly (SIGKILL); starting it again.');

  await writeFile(join(sandbox.dataDir, 'api-fails'), '');
  process.kill(await sandbox.pidOf('api'), 'SIGKILL');
  expect(await run.exit).toBe(1);
  expect(run.output()).toMatch(/The api ends again and again \(exit code 3\).*Stopping everything\.\n$/);
  await sandbox.expectNoProcess();
});

test('a second Ctrl-C does not wait for a program that hangs', async () => {
  await using sandbox = await createSandbox();
  const run = sandbox.start();
  await run.prints('Instashare is ready');
  await writeFile(join(sandbox.dataDir, 'worker-hangs'), '');

  run.ctrlC();
  await run.prints('Stopping (Ctrl-C)');
  // npm passes the terminal's signal on: that is the same Ctrl-C.
  run.ctrlC();
  await vi.waitFor(async () => expect(await sandbox.events()).toContain('worker ends: SIGTERM'), SOON);
  const nextSecond = performance.now() + 1_100;
  await vi.waitUntil(() => performance.now() > nextSecond, SOON);
  expect(Object.keys(await processesOf(sandbox.folder))).toContain(String(await sandbox.pidOf('worker')));
  run.ctrlC();

  expect(await run.exit).toBe(1);
  await sandbox.expectNoProcess();
});

test('a service manager that tells all processes at once to end does not disturb the order', async () => {
  await using sandbox = await createSandbox();
  const folder = join(sandbox.folder, 'watched');
  await mkdir(folder);
  const run = sandbox.start(['--watch', folder]);
  await run.prints(`watching ${folder}`);
  // While it takes its time, api and worker have ended, and must not be started again.
  await writeFile(join(sandbox.dataDir, 'uploader-lingers'), '');
  const pids = Object.keys(await processesOf(sandbox.folder)).map(Number);
  expect(pids.length).toBeGreaterThan(5);

  for (const pid of pids.filter((each) => each !== run.pid)) tellToEnd(pid);
  // Nobody says in which order: the others may have ended before it hears of it.
  tellToEnd(run.pid);

  expect(await run.exit).toBe(0);
  expect(run.output()).toMatch(/^Stopping \(SIGTERM\) …\nStopped\.\n$/m);
  expect(run.output()).not.toContain('unexpectedly');
  const events = (await sandbox.events()).map((event) => event.replace(/ \d+$/, ''));
  expect(events.filter((event) => event.includes('started')).toSorted()).toEqual([
    'api started',
    'uploader started',
    'worker started',
  ]);
  expect(events.filter((event) => event.endsWith(' ended')).toSorted()).toEqual([
    'api ended',
    'uploader ended',
    'worker ended',
  ]);
  await sandbox.expectNoProcess();
});

test('Ctrl-C while it is still starting leaves nothing behind either', async () => {
  await using sandbox = await createSandbox();
  const run = sandbox.start();
  await vi.waitFor(() => expect(existsSync(join(sandbox.dataDir, 'logs', 'postgres.log'))).toBe(true), SOON);
  run.ctrlC();
  expect(await run.exit).toBe(0);
  await sandbox.expectNoProcess();
});

test.for(['SIGINT', 'SIGTERM'] as const)(
  'started by npm as "npm start" does, it hears the %s of npm',
  async (signal) => {
    await using sandbox = await createSandbox();
    const npm = await sandbox.npmStart('replaced');
    await npm.prints('Instashare is ready');
    process.kill(npm.pid, signal);
    expect(await npm.exit).toBe(0);
    expect(npm.output()).toMatch(/Stopped\.\n$/);
    await sandbox.expectNoProcess();
  },
);

test.for(['replaced', 'kept'] as const)(
  'it stops in order when npm is killed, its shell being %s',
  async (shell) => {
    await using sandbox = await createSandbox();
    const npm = await sandbox.npmStart(shell);
    await npm.prints('Instashare is ready');
    process.kill(npm.pid, 'SIGKILL');
    await sandbox.expectNoProcess();
    expect(await sandbox.events()).toContain('api ends: SIGTERM');
  },
);

test('what a terminal tells npm and us at once counts once', async () => {
  await using sandbox = await createSandbox();
  const npm = await sandbox.npmStart('replaced');
  await npm.prints('Instashare is ready');
  npm.ctrlC();
  expect(await npm.exit).toBe(0);
  expect(npm.output()).toMatch(/Stopped\.\n$/);
  await sandbox.expectNoProcess();
});

test('a database that dies ends everything', async () => {
  await using sandbox = await createSandbox();
  const run = sandbox.start();
  await run.prints('Instashare is ready');
  const [keeper] =
    Object.entries(await processesOf(sandbox.folder)).find(([, command]) => command.includes('keeper')) ?? [];

  process.kill(Number(keeper), 'SIGKILL');

  expect(await run.exit).toBe(1);
  expect(run.output()).toMatch(
    /The database ended unexpectedly\. See \S+postgres\.log\. Stopping everything\.\n$/,
  );
  await sandbox.expectNoProcess();
});
