import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Account, logIn, PASSWORD, registerUser } from '../harness/account.ts';
import { secretsIn } from '../harness/find-secrets.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { goTo, setUp, waitForStatus } from './steps.ts';

const HOUR_MS = 3_600_000;
/** Long enough for a small file to be stored, had nothing held it up. */
const NOT_YET_MS = 2_500;

const sessionsSchema = z.object({ items: z.array(z.object({ deviceName: z.string().nullable() })) });
const settingsSchema = z.looseObject({ pausedUntilMs: z.number().nullable() });

let user: Account;
let app: DesktopApp;
let temp: string;
let config: string;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  temp = opened.use(await makeTempFolder('desktop-settings')).path;
  config = join(temp, 'config');
  folder = join(temp, 'Private papers');
  await mkdir(folder);
  await writeFile(join(folder, 'first.txt'), 'first');
  user = await registerUser(inject('server'));
  app = opened.use(await startApp(config));
  await setUp(app, { server: user.server, email: user.email, isNew: false, folder });
  await waitForStatus(app.page, 'Up to date');
});
afterAll(() => opened.disposeAsync());

const settingsPath = () => join(config, 'desktop', 'settings.json');

async function startAgain(): Promise<void> {
  await app[Symbol.asyncDispose]();
  app = opened.use(await startApp(config));
}

async function versionOf(name: string): Promise<number | null> {
  const { items } = await user.get('/files?limit=1000', pageSchema);
  return items.find(({ path }) => path === `Private papers/${name}`)?.version ?? null;
}

const clockTime = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 5);

const isDark = () => app.page.evaluate<boolean>("matchMedia('(prefers-color-scheme: dark)').matches");

test('what a rule leaves out is not uploaded, until the rule is gone', async () => {
  const { page } = app;
  const rules = page.getByRole('region', { name: 'Ignore rules' });
  await goTo(page, 'Settings');
  await rules.getByRole('textbox').fill('*.tmp\n/drafts/');
  await rules.getByRole('button', { name: 'Save rules' }).click();
  await page.getByText('Saved: the folders are looked through again.').waitFor();
  await mkdir(join(folder, 'drafts'));
  for (const name of ['left-out.tmp', 'drafts/poem.txt', 'taken.txt'])
    await writeFile(join(folder, name), name);
  await until('the file', () => versionOf('taken.txt'));
  await goTo(page, 'Home');
  await waitForStatus(page, 'Up to date');
  await delay(NOT_YET_MS);
  expect(await versionOf('left-out.tmp')).toBeNull();
  await goTo(page, 'Settings');
  await rules.getByRole('textbox').fill('/drafts/');
  await rules.getByRole('button', { name: 'Save rules' }).click();
  await until('the file', () => versionOf('left-out.tmp'));
  expect(await versionOf('drafts/poem.txt')).toBeNull();
});

test('a pause of an hour ends by itself, lasts through a restart, and can be ended before', async () => {
  await goTo(app.page, 'Home');
  await app.page.getByRole('button', { name: 'Pause for an hour' }).click();
  await waitForStatus(app.page, 'Paused');
  const kept = async () => settingsSchema.parse(JSON.parse(await readFile(settingsPath(), 'utf8')));
  const { pausedUntilMs } = await kept();
  expect(Math.abs((pausedUntilMs ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(60_000);
  await startAgain();
  await waitForStatus(app.page, 'Paused');
  await writeFile(join(folder, 'paused.txt'), 'later');
  await delay(NOT_YET_MS);
  expect(await versionOf('paused.txt')).toBeNull();
  await app.page.getByRole('button', { name: 'Resume' }).click();
  await until('the file', () => versionOf('paused.txt'));
  expect((await kept()).pausedUntilMs).toBeNull();

  // As if all but some seconds of the hour were over.
  await app.page.getByRole('button', { name: 'Pause for an hour' }).click();
  await waitForStatus(app.page, 'Paused');
  await app[Symbol.asyncDispose]();
  await writeFile(
    settingsPath(),
    JSON.stringify({ ...(await kept()), pausedUntilMs: Date.now() + 2 * NOT_YET_MS }),
  );
  await writeFile(join(folder, 'paused-again.txt'), 'later');
  await startAgain();
  await waitForStatus(app.page, 'Paused');
  expect(await versionOf('paused-again.txt')).toBeNull();
  await until('the file', () => versionOf('paused-again.txt'));
  await waitForStatus(app.page, 'Up to date');
});

test('a large upload is told of once, and not at all when one does not want it', async () => {
  const { electron, page } = app;
  const told = await electron.evaluateHandle(({ Notification }) => {
    const shown: string[] = [];
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(`${this.title}: ${this.body}`);
    };
    return shown;
  });
  // Slow enough to be seen on its way.
  await goTo(page, 'Settings');
  await page.getByLabel('Upload at most, in kB/s').fill('100');
  await page.getByLabel('Upload at most, in kB/s').press('Tab');
  const upload = async (name: string) => {
    await goTo(page, 'Home');
    await mkdir(join(temp, name));
    for (let n = 0; n < 12; n += 1)
      await writeFile(join(temp, name, `${n}.txt`), `${name} ${n} `.repeat(3_000));
    await rename(join(temp, name), join(folder, name));
    await waitForStatus(page, /^Uploading/);
    await waitForStatus(page, 'Up to date');
    expect(await versionOf(`${name}/11.txt`)).toBe(1);
  };
  await upload('burst');
  await expect.poll(() => told.jsonValue()).toEqual(['Up to date: 12 files uploaded.']);
  await goTo(page, 'Settings');
  await page.getByLabel('Tell me when a large upload is done').uncheck();
  await upload('silent burst');
  // A tick of the state later it would have been told.
  await delay(1_000);
  expect(await told.jsonValue()).toHaveLength(1);
  await goTo(page, 'Settings');
  await page.getByLabel('Upload at most, in kB/s').fill('');
  await page.getByLabel('Upload at most, in kB/s').press('Tab');
});

test('a folder that is removed is not uploaded any more, and goes on where it was when it is added again', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: `Remove ${folder}` }).click();
  await page.getByRole('button', { name: 'Choose a folder…' }).waitFor();
  await writeFile(join(folder, 'removed.txt'), 'written while the folder was none of ours');
  await delay(NOT_YET_MS);
  expect(await versionOf('removed.txt')).toBeNull();
  expect(await versionOf('first.txt')).toBe(1);
  await app.willChoose(folder);
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await until('the file', () => versionOf('removed.txt'));
  expect(await versionOf('first.txt')).toBe(1);
  await goTo(page, 'Home');
  await waitForStatus(page, 'Up to date');
});

test('what was chosen is there again after a restart', async () => {
  await goTo(app.page, 'Settings');
  expect(await isDark()).toBe(false);
  await app.page.getByLabel('Dark').check();
  await until('the dark page', async () => (await isDark()) || null);
  await app.page.getByLabel('Name of this device').fill('The desk');
  await app.page.getByLabel('Name of this device').press('Tab');
  await app.page.getByLabel('Upload at most, in kB/s').fill('5000');
  await app.page.getByLabel('Upload at most, in kB/s').press('Tab');
  await app.page.getByLabel('Upload only at certain hours').check();
  // Hours that it is now one of.
  const from = clockTime(Date.now() - HOUR_MS);
  await app.page.getByLabel('From').fill(from);
  await app.page.getByLabel('To', { exact: true }).fill(clockTime(Date.now() + HOUR_MS));
  await app.page.getByLabel('To', { exact: true }).press('Tab');
  // Only an installed app can: package.test.ts has it started at log-in.
  expect(await app.page.getByLabel('Start when I log in to this computer').isDisabled()).toBe(true);
  await until('the name to be kept', async () =>
    (await readFile(settingsPath(), 'utf8')).includes('The desk') ? true : null,
  );
  await startAgain();
  await waitForStatus(app.page, 'Up to date');
  expect(await isDark()).toBe(true);
  await goTo(app.page, 'Settings');
  const valueOf = (label: string) => app.page.getByLabel(label).inputValue();
  expect([
    await valueOf('Name of this device'),
    await valueOf('Upload at most, in kB/s'),
    await valueOf('From'),
  ]).toEqual(['The desk', '5000', from]);
  const isChecked = (label: string) => app.page.getByLabel(label).isChecked();
  expect([
    await isChecked('Upload only at certain hours'),
    await isChecked('Tell me when a large upload is done'),
    await isChecked('Dark'),
  ]).toEqual([true, false, true]);
  expect(await app.page.getByRole('region', { name: 'Ignore rules' }).getByRole('textbox').inputValue()).toBe(
    '/drafts/',
  );
  await app.page.getByLabel('Light').check();
  await until('the light page', async () => ((await isDark()) ? null : true));
});

test('the diagnostics tell how it stands, and nothing of whose or what it is', async () => {
  const { electron, page } = app;
  const saved = join(temp, 'diagnostics.json');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, saved);
  await writeFile(join(folder, 'two\nlines.txt'), 'no name for a file');
  await goTo(page, 'Home');
  await waitForStatus(page, 'Needs you');
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Export diagnostics…' }).click();
  await page.getByText('Saved. It holds no names of files and no secrets.').waitFor();
  const text = await readFile(saved, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    settings: { isSetUp: true, folders: 1 },
    state: { health: 'attention', problemCount: 1 },
  });
  // As that of the app may stand in its file unsealed, where there is no keychain.
  const session = await readFile(join(config, 'desktop', 'session'), 'utf8');
  const whose = [user.email, user.auth.user.id, new URL(user.server).host, 'The desk', session];
  expect(secretsIn(text, [...whose, temp, 'Private papers', 'lines.txt', '/drafts/'])).toEqual([]);
});

test('the next log-in bears the name of the device; signing out everywhere ends all the others as well', async () => {
  const { page } = app;
  const names = async (of: Account) =>
    (await of.get('/sessions', sessionsSchema)).items.map(({ deviceName }) => deviceName);
  expect(await names(user)).not.toContain('The desk');
  const signOut = async (button: string) => {
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
  };
  await signOut('Sign out…');
  await page.getByLabel('E-mail address').fill(user.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('heading', { name: 'What shall be uploaded?' }).waitFor();
  await page.getByRole('button', { name: 'Start' }).click();
  await waitForStatus(page, 'Needs you');
  expect(await names(user)).toContain('The desk');
  await signOut('Sign out everywhere…');
  expect((await user.send('GET', '/sessions')).status).toBe(401);
  const again = await logIn(user.server, user.email);
  expect(await names(again)).toEqual([null]);
});
