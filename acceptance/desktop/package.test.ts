import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshEmail, logIn } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { readFuses } from './fuses.ts';
import { copyPackage, makePackage, type Package } from './make-package.ts';
import { runPackage, startPackage } from './package.ts';
import { goTo, setUp, shoot, waitForStatus } from './steps.ts';
import { openUpdateFeed } from './update-feed.ts';

let made: Package;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  made = await makePackage(opened.use(await makeTempFolder('desktop-package')).path);
});
afterAll(() => opened.disposeAsync());

const server = inject('server');
const nobody = { willChoose: () => Promise.resolve() };

test('the packaged app uploads a folder, and its fuses let nobody in', async () => {
  await using temp = await makeTempFolder('desktop-packaged');
  const email = freshEmail();
  const folder = join(temp.path, 'Documents');
  await mkdir(folder);
  await writeFile(join(folder, 'letter.txt'), 'Dear reader');
  await using app = await startPackage(made, {
    configFolder: join(temp.path, 'config'),
    settings: { folders: [{ path: folder, prefix: 'Documents' }] },
    environment: {},
  });
  await setUp({ page: app.page, ...nobody }, { server, email, isNew: true });
  await waitForStatus(app.page, 'Up to date');
  const user = await logIn(server, email);
  expect(await user.get('/files', pageSchema)).toMatchObject({ items: [{ path: 'Documents/letter.txt' }] });
  await goTo(app.page, 'Settings');
  await app.page.getByText('It can’t update itself where it runs from', { exact: false }).waitFor();

  // A second start ends at once, and would have done what it was told by then.
  const script = join(temp.path, 'script.cjs');
  await writeFile(script, "console.log('RAN AS NODE')");
  expect(await app.startSecond([script], { ELECTRON_RUN_AS_NODE: '1' })).not.toContain('RAN AS NODE');
  expect(await app.startSecond([], { NODE_OPTIONS: `--require=${script}` })).not.toContain('RAN AS NODE');
  expect(await app.startSecond(['--inspect=0'], {})).not.toContain('Debugger listening');
});

test('all fuses are set as they are meant to be, also those that can not be tried here', async () => {
  expect(await readFuses(made.executablePath)).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the packaged app runs no code but that of its asar: not that of a folder in its place', async () => {
  await using temp = await makeTempFolder('desktop-unpacked');
  const changed = await copyPackage(made, join(temp.path, 'copy'));
  await rm(join(changed.resources, 'app.asar'));
  const folder = join(changed.resources, 'app');
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'other', main: 'other.js' }));
  await writeFile(join(folder, 'other.js'), "console.log('RAN FROM A FOLDER'); process.exit(0);");
  const { said, exitCode } = await runPackage(changed, join(temp.path, 'config'));
  expect(exitCode).toBe(1);
  expect(said).not.toContain('RAN FROM A FOLDER');
});

test('the packaged app encrypts its cookies, and shows no file of the system as a page', async () => {
  await using temp = await makeTempFolder('desktop-cookies');
  const configFolder = join(temp.path, 'config');
  await using app = await startPackage(made, { configFolder, settings: {}, environment: {} });
  const devtools = await app.page.context().newCDPSession(app.page);
  // It has none of its own: one as if it had.
  const cookie = { name: 'name-in-plain-words', value: 'value-in-plain-words', url: 'https://a.invalid/' };
  const set = await devtools.send('Network.setCookie', {
    ...cookie,
    expires: Math.round(Date.now() / 1000) + 3600,
  });
  expect(set.success).toBe(true);
  await expect(app.page.goto('file:///etc/passwd')).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
  const ended = once(app.process, 'exit');
  app.process.kill('SIGTERM');
  await ended;
  const kept = await readFile(join(configFolder, 'desktop', 'Cookies'), 'latin1');
  expect(kept).toContain('name-in-plain-words');
  expect(kept).not.toContain('value-in-plain-words');
});

test('the packaged app is started at log-in when one wants that', async () => {
  await using temp = await makeTempFolder('desktop-autostart');
  await using app = await startPackage(made, {
    configFolder: join(temp.path, 'config'),
    settings: {},
    environment: { XDG_CONFIG_HOME: join(temp.path, 'xdg') },
  });
  await setUp({ page: app.page, ...nobody }, { server, email: freshEmail(), isNew: true });
  await waitForStatus(app.page, 'Ready');
  await goTo(app.page, 'Settings');
  const entry = join(temp.path, 'xdg', 'autostart', 'instashare-desktop.desktop');
  const choice = app.page.getByLabel('Start when I log in to this computer');
  expect(await choice.isChecked()).toBe(false);
  await choice.check();
  const written = await until('the entry', () => readFile(entry, 'utf8').catch(() => null));
  expect(written).toContain(`\nExec="${made.executablePath}" --hidden\n`);
  await choice.uncheck();
  await until('the entry to be gone', () =>
    readFile(entry).then(
      () => null,
      () => true,
    ),
  );
});

test('a new version is told calmly, refused when it is not what was published, and installed when one wants it', async () => {
  await using temp = await makeTempFolder('desktop-update');
  await using feed = await openUpdateFeed();
  const appImage = join(temp.path, 'Instashare.AppImage');
  const started = join(temp.path, 'started');
  const newer = Buffer.from(`#!/bin/sh\necho "the new version" > '${started}'\n`);
  await writeFile(appImage, 'the old version');
  const address = join(made.resources, 'app-update.yml');
  await writeFile(address, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: instashare-updater\n`);
  const cache = join(temp.path, 'cache');
  await using app = await startPackage(made, {
    configFolder: join(temp.path, 'config'),
    settings: {},
    environment: { APPIMAGE: appImage, XDG_CACHE_HOME: cache },
  });
  const { page } = app;
  await setUp({ page, ...nobody }, { server, email: freshEmail(), isNew: true });
  await waitForStatus(page, 'Ready');
  await goTo(page, 'Settings');
  const updates = page.getByRole('region', { name: 'Updates' });
  const look = updates.getByRole('button', { name: 'Look now' });

  feed.publish('99.0.0', newer, Buffer.alloc(64, 7).toString('base64'));
  await look.click();
  await updates.getByText('is not what was published', { exact: false }).waitFor();
  await updates.scrollIntoViewIfNeeded();
  await shoot(page, 'settings-update-failed');
  expect(await readFile(appImage, 'utf8')).toBe('the old version');
  const kept = await readdir(join(cache, 'instashare-updater', 'pending')).catch(() => []);
  expect(kept.filter((name) => name.endsWith('.AppImage'))).toEqual([]);

  feed.publish('0.0.1', newer);
  await look.click();
  await updates.getByText('This is the newest', { exact: false }).waitFor();

  feed.publish('99.0.1', newer);
  await look.click();
  await updates.getByText('Version 99.0.1 is ready', { exact: false }).waitFor();
  await updates.scrollIntoViewIfNeeded();
  await shoot(page, 'settings-update');
  await goTo(page, 'Home');
  await page.getByText('It is installed when you quit', { exact: false }).waitFor();
  await shoot(page, 'home-update');
  expect(await readFile(appImage, 'utf8')).toBe('the old version');
  const ended = once(app.process, 'exit');
  await page.getByRole('button', { name: 'Restart and update' }).click();
  expect(await ended).toEqual([0, null]);
  expect(await readFile(appImage)).toEqual(newer);
  await until('the new version to run', () => readFile(started, 'utf8').catch(() => null));
  await rm(address);
});

test('the first run asks whether it is to start at log-in, and it does', async () => {
  await using temp = await makeTempFolder('desktop-first-autostart');
  const environment = { XDG_CONFIG_HOME: join(temp.path, 'xdg') };
  const configFolder = join(temp.path, 'config');
  await using app = await startPackage(made, { configFolder, settings: {}, environment });
  const { page } = app;
  await setUp({ page, ...nobody }, { server, email: freshEmail(), isNew: true, startsAtLogin: true });
  await waitForStatus(page, 'Ready');
  const entry = join(environment.XDG_CONFIG_HOME, 'autostart', 'instashare-desktop.desktop');
  const written = await until('the entry', () => readFile(entry, 'utf8').catch(() => null));
  expect(written).toContain(`Exec="${made.executablePath}" --hidden`);
  await goTo(page, 'Settings');
  expect(await page.getByLabel('Start when I log in to this computer').isChecked()).toBe(true);
});
