import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { type Account, freshEmail, logIn } from '../harness/account.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { pageSchema, type StoredFile } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { copyRealFiles, writeLargeFile } from '../real-tree/real-files.ts';
import { startApp } from './app.ts';
import { enginePid } from './engine-process.ts';
import { setUp, shoot, waitForStatus } from './steps.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function filesOf(user: Account): Promise<Map<string, StoredFile>> {
  const { items } = await user.get('/files?limit=1000', pageSchema);
  return new Map(items.map((file) => [file.path, file]));
}

/** The server as somebody else sees it who logs in to the same account. */
async function stored(server: string, email: string, path: string): Promise<StoredFile | undefined> {
  return (await filesOf(await logIn(server, email))).get(path);
}

const server = inject('server');
/** Long enough for a small file to be stored, had nothing held it up. */
const NOT_YET_MS = 2_500;

interface Scene extends AsyncDisposable {
  readonly folder: string;
  readonly config: string;
  readonly email: string;
}

async function makeScene(): Promise<Scene> {
  const temp = await makeTempFolder('desktop');
  const folder = join(temp.path, 'Documents');
  await mkdir(folder);
  const config = join(temp.path, 'config');
  return { folder, config, email: freshEmail(), [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() };
}

/** A file that is gone up before one has looked shows nothing of its upload. */
async function limitUploads(config: string, bytesPerSecond: number): Promise<void> {
  await mkdir(join(config, 'desktop'), { recursive: true });
  await writeFile(
    join(config, 'desktop', 'settings.json'),
    JSON.stringify({ uploadBytesPerSecond: bytesPerSecond }),
  );
}

test('first run: 500 real files and a large one go up, and the window shows how far it is', async () => {
  await using scene = await makeScene();
  const { folder, config, email } = scene;
  const real = await copyRealFiles(folder, 500);
  expect(real).toHaveLength(500);
  real.push(await writeLargeFile(folder, 'large.bin', 200 * 1024 * 1024));
  await limitUploads(config, 50_000_000);
  await using app = await startApp(config);
  await setUp(app, { server, email, isNew: true, folder });
  await waitForStatus(app.page, /^Uploading \d+ of \d+$/);
  await app.page.getByRole('progressbar', { name: 'All uploads' }).waitFor();
  await shoot(app.page, 'home-uploading');
  await waitForStatus(app.page, 'Up to date');
  await app.page.getByText(/^501 files, .* on the server\.$/).waitFor();
  await shoot(app.page, 'home-up-to-date');
  const files = await filesOf(await logIn(server, email));
  expect(new Map([...files].map(([path, file]) => [path, file.sha256]))).toEqual(
    new Map(real.map((file) => [`Documents/${file.path}`, file.sha256])),
  );
  await appendFile(join(folder, real[0]?.path ?? ''), 'one more line\n');
  await app.page.getByRole('region', { name: 'Recent activity' }).getByText('just now').first().waitFor();
  await until('the second version', async () => {
    const file = await stored(server, email, `Documents/${real[0]?.path ?? ''}`);
    return file?.version === 2 ? file : null;
  });
});

test('the server goes away and comes back: changes are remembered meanwhile', async () => {
  await using own = await startInstance();
  await using scene = await makeScene();
  const { folder, config, email } = scene;
  await writeFile(join(folder, 'first.txt'), 'first');
  await using app = await startApp(config);
  await setUp(app, { server: own.url, email, isNew: true, folder });
  await waitForStatus(app.page, 'Up to date');
  own.pressCtrlC();
  await own.exited;
  await waitForStatus(app.page, 'Offline');
  await shoot(app.page, 'home-offline');
  await writeFile(join(folder, 'meanwhile.txt'), 'written while the server was away');
  await using again = await startInstance({ like: own });
  await app.page.getByRole('button', { name: 'Sync now' }).click();
  await until(
    'what was written meanwhile',
    async () => (await stored(again.url, email, 'Documents/meanwhile.txt')) ?? null,
  );
  await waitForStatus(app.page, 'Up to date');
  expect((await stored(again.url, email, 'Documents/first.txt'))?.version).toBe(1);
});

test('killed in the middle of an upload, it goes on by itself at the next start', async () => {
  await using scene = await makeScene();
  const { folder, config, email } = scene;
  const large = await writeLargeFile(folder, 'large.bin', 200 * 1024 * 1024);
  await limitUploads(config, 20_000_000);
  {
    await using app = await startApp(config);
    await setUp(app, { server, email, isNew: true, folder });
    const bar = app.page.getByRole('progressbar', { name: 'Documents/large.bin' });
    await until('part of it to be sent', async () =>
      Number(await bar.getAttribute('aria-valuenow')) > 5 ? true : null,
    );
    await app.kill();
  }
  // The crash left it half done.
  expect(await stored(server, email, 'Documents/large.bin')).toBeUndefined();
  await using app = await startApp(config);
  await waitForStatus(app.page, 'Up to date', 60_000);
  expect((await stored(server, email, 'Documents/large.bin'))?.sha256).toBe(large.sha256);
});

test('an engine that keeps ending is started ever later, the window says so, and then everything goes on', async () => {
  await using scene = await makeScene();
  const { folder, config, email } = scene;
  await using app = await startApp(config);
  await setUp(app, { server, email, isNew: true, folder });
  await waitForStatus(app.page, 'Up to date');
  const killed = new Set<number>();
  for (let n = 0; n < 3; n += 1) {
    const pid = await enginePid(app, killed);
    process.kill(pid, 'SIGKILL');
    killed.add(pid);
  }
  await waitForStatus(app.page, 'Needs you');
  await app.page.getByText('keeps stopping. It is started again at', { exact: false }).waitFor();
  await shoot(app.page, 'home-engine-stopped');
  await app.page.reload();
  await waitForStatus(app.page, 'Needs you');
  await writeFile(join(folder, 'meanwhile.txt'), 'written while nothing uploaded');
  await waitForStatus(app.page, 'Up to date');
  const file = await until(
    'the file',
    async () => (await stored(server, email, 'Documents/meanwhile.txt')) ?? null,
  );
  expect(file.version).toBe(1);
});

test('closed, it stays; started a second time, it shows again; paused, it waits', async () => {
  await using scene = await makeScene();
  const { folder, config, email } = scene;
  await using app = await startApp(config);
  await setUp(app, { server, email, isNew: true, folder });
  await waitForStatus(app.page, 'Up to date');
  const isVisible = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some((window) => window.isVisible()),
    );
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  expect(await isVisible()).toBe(false);
  await writeFile(join(folder, 'while-closed.txt'), 'uploaded from the tray');
  await until('the file', async () => (await stored(server, email, 'Documents/while-closed.txt')) ?? null);
  expect(await app.startSecond()).toBe(0);
  await until('the window', async () => ((await isVisible()) ? true : null));

  await app.page.getByRole('button', { name: 'Pause', exact: true }).click();
  await waitForStatus(app.page, 'Paused');
  await shoot(app.page, 'home-paused');
  await writeFile(join(folder, 'while-paused.txt'), 'later');
  await delay(NOT_YET_MS);
  expect(await stored(server, email, 'Documents/while-paused.txt')).toBeUndefined();
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await until('the file', async () => (await stored(server, email, 'Documents/while-paused.txt')) ?? null);
  expect(sha256(await readFile(join(folder, 'while-paused.txt')))).toBe(
    (await stored(server, email, 'Documents/while-paused.txt'))?.sha256,
  );
});
