import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Account, registerUser } from '../harness/account.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { type DesktopApp, startApp } from './app.ts';
import { dismissMessages, drop, goTo, setUp, shoot, waitForStatus } from './steps.ts';

const HOUR_MS = 3_600_000;
/** Long enough for a small file to be stored, had nothing held it up. */
const NOT_YET_MS = 2_500;

let user: Account;
let app: DesktopApp;
let temp: string;
let folder: string;
const opened = new AsyncDisposableStack();
beforeAll(async () => {
  temp = opened.use(await makeTempFolder('desktop-limits')).path;
  folder = join(temp, 'Documents');
  await mkdir(folder);
  await writeFile(join(folder, 'first.txt'), 'first');
  user = await registerUser(inject('server'));
  // NetworkManager is asked by busctl: here it says what the test has written.
  const bin = join(temp, 'bin');
  await mkdir(bin);
  await setMetered('u 2');
  await writeFile(join(bin, 'busctl'), `#!/bin/sh\nexec cat '${join(temp, 'metered')}'\n`, { mode: 0o755 });
  app = opened.use(await startApp(join(temp, 'config'), { PATH: `${bin}:${process.env['PATH'] ?? ''}` }));
  await setUp(app, { server: user.server, email: user.email, isNew: false, folder });
  await waitForStatus(app.page, 'Up to date');
});
afterAll(() => opened.disposeAsync());

/** As busctl prints NetworkManager's answer. */
const setMetered = (answer: string): Promise<void> => writeFile(join(temp, 'metered'), `${answer}\n`);

async function isStored(path: string): Promise<true | null> {
  const { items } = await user.get('/files?limit=1000', pageSchema);
  return items.some((file) => file.path === path) ? true : null;
}

const limit = () => app.page.getByLabel('Upload at most, in kB/s');

async function setLimit(text: string): Promise<void> {
  await goTo(app.page, 'Settings');
  await limit().fill(text);
  await limit().press('Tab');
}

const clockTime = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 5);

test('an upload goes no faster than one wants, and at once faster when one wants that', async () => {
  await setLimit('1');
  await app.page.getByRole('alert').filter({ hasText: 'A number from 10 on' }).waitFor();
  await setLimit('100');
  await writeFile(join(folder, 'limited.bin'), randomBytes(2_000_000));
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, /^Uploading/);
  await delay(NOT_YET_MS);
  expect(await isStored('Documents/limited.bin')).toBeNull();
  await setLimit('');
  await until('the file', () => isStored('Documents/limited.bin'), { timeoutMs: 5_000 });
});

test('outside of the hours for it nothing is uploaded, and the window says when it goes on', async () => {
  await goTo(app.page, 'Settings');
  await app.page.getByLabel('Upload only at certain hours').check();
  const begins = clockTime(Date.now() + 2 * HOUR_MS);
  await app.page.getByLabel('From').fill(begins);
  await app.page.getByLabel('To', { exact: true }).fill(clockTime(Date.now() + 3 * HOUR_MS));
  await app.page.getByLabel('To', { exact: true }).press('Tab');
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Paused');
  await app.page.getByText(`It goes on at ${begins}`).waitFor();
  await shoot(app.page, 'home-outside-hours');
  await writeFile(join(folder, 'later.txt'), 'later');
  await delay(NOT_YET_MS);
  expect(await isStored('Documents/later.txt')).toBeNull();
  await goTo(app.page, 'Settings');
  await app.page.getByRole('region', { name: 'Limits' }).scrollIntoViewIfNeeded();
  await shoot(app.page, 'settings-limits');
  await app.page.getByLabel('Upload only at certain hours').uncheck();
  await until('the file', () => isStored('Documents/later.txt'));
});

test('on the battery it pauses when one wants that, and goes on when it is plugged in', async () => {
  const power = (event: 'on-ac' | 'on-battery') =>
    app.electron.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
  await goTo(app.page, 'Home');
  await power('on-battery');
  await goTo(app.page, 'Settings');
  await app.page.getByLabel('Pause while this computer runs on its battery').check();
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Paused');
  await app.page.getByText('It goes on when it is plugged in.').waitFor();
  await writeFile(join(folder, 'plugged.txt'), 'plugged in');
  await delay(NOT_YET_MS);
  expect(await isStored('Documents/plugged.txt')).toBeNull();
  await power('on-ac');
  await until('the file', () => isStored('Documents/plugged.txt'));
  await waitForStatus(app.page, 'Up to date');
});

test('on a metered connection it pauses when one wants that, and goes on when one does not', async () => {
  await goTo(app.page, 'Settings');
  const choice = app.page.getByLabel('Pause on metered connections');
  await choice.check();
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Up to date');
  await goTo(app.page, 'Settings');
  await choice.uncheck();
  await setMetered('u 1');
  await choice.check();
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Paused');
  await app.page.getByText('This connection costs by what goes through it', { exact: false }).waitFor();
  await writeFile(join(folder, 'costly.txt'), 'costly');
  const dropped = join(temp, 'dropped-costly.txt');
  await writeFile(dropped, 'costly as well');
  await goTo(app.page, 'My files');
  await drop(app.page, dropped);
  await goTo(app.page, 'Home');
  await app.page.getByRole('region', { name: 'Transfers' }).getByText('dropped-costly.txt').waitFor();
  await waitForStatus(app.page, 'Paused');
  await delay(NOT_YET_MS);
  expect(await isStored('Documents/costly.txt')).toBeNull();
  expect(await isStored('dropped-costly.txt')).toBeNull();
  await goTo(app.page, 'Settings');
  await choice.uncheck();
  await until('the file', () => isStored('Documents/costly.txt'));
  await until('what was dropped', () => isStored('dropped-costly.txt'));
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Up to date');
});

test('what was dropped and failed is a problem that can be tried again, or dismissed', async () => {
  const problems = app.page.getByRole('region', { name: 'Problems' });
  const dropped = join(temp, 'kept-away');
  await goTo(app.page, 'Settings');
  await setLimit('10');
  await mkdir(dropped);
  for (const name of ['one.bin', 'two.bin', 'three.bin', 'gone.bin', 'gone-too.bin'])
    await writeFile(join(dropped, name), randomBytes(60_000));
  await goTo(app.page, 'My files');
  await drop(app.page, dropped);
  await goTo(app.page, 'Home');
  // In whichever order the folder lists them: five are in hand when there is a fifth bar.
  const bars = app.page.getByRole('region', { name: 'Transfers' }).getByRole('progressbar');
  await bars.nth(4).waitFor();
  // Those that wait for their turn are gone by then.
  const names = await Promise.all((await bars.all()).slice(3).map((bar) => bar.getAttribute('aria-label')));
  const waiting = names.map((name) => name ?? '');
  expect(waiting).toHaveLength(2);
  const [first = '', second = ''] = waiting;
  for (const path of waiting) await rm(join(temp, path));
  await setLimit('');
  await goTo(app.page, 'Home');
  await problems.getByRole('heading', { name: '2 problems' }).waitFor();
  await waitForStatus(app.page, 'Needs you');
  expect(await problems.getByText('It is not there any more', { exact: false }).count()).toBe(2);
  await dismissMessages(app.page);
  await shoot(app.page, 'home-problems', { isSmall: true });
  await problems.getByRole('button', { name: `Dismiss ${first}` }).click();
  await writeFile(join(temp, second), 'here again');
  await problems.getByRole('button', { name: `Try again: ${second}` }).click();
  await until('the file', () => isStored(second));
  await problems.waitFor({ state: 'detached' });
  await waitForStatus(app.page, 'Up to date');
  expect(await isStored(first)).toBeNull();
});

test('C12: what can not be uploaded is told with what to do, ignored when one wants that, and not for ever', async () => {
  const problems = app.page.getByRole('region', { name: 'Problems' });
  await writeFile(join(folder, 'two\nlines.txt'), 'no name for a file');
  await goTo(app.page, 'Home');
  await problems.getByText('Rename it', { exact: false }).waitFor();
  await waitForStatus(app.page, 'Needs you');
  await problems.getByRole('button', { name: 'Ignore two lines.txt' }).click();
  await problems.waitFor({ state: 'detached' });
  await waitForStatus(app.page, 'Up to date');
  await goTo(app.page, 'Settings');
  await shoot(app.page, 'settings-ignored');
  await app.page.getByRole('button', { name: 'Upload it again: two lines.txt' }).click();
  await goTo(app.page, 'Home');
  await problems.getByRole('button', { name: 'Ignore two lines.txt' }).waitFor();
  expect(await problems.getByRole('listitem').count()).toBe(1);
  await rm(join(folder, 'two\nlines.txt'));
  await problems.waitFor({ state: 'detached' });
  await waitForStatus(app.page, 'Up to date');
});

test('with no download in hand it quits without a word: what was dropped goes on at the next start', async () => {
  await setLimit('20');
  const dropped = join(temp, 'dropped.bin');
  await writeFile(dropped, randomBytes(1_000_000));
  await goTo(app.page, 'My files');
  await drop(app.page, dropped);
  await goTo(app.page, 'Home');
  await app.page.getByRole('progressbar', { name: 'dropped.bin' }).waitFor();
  const ended = once(app.electron.process(), 'exit');
  await app.electron.evaluate(({ app: electron }) => electron.quit());
  expect(await ended).toEqual([0, null]);
  expect(await isStored('dropped.bin')).toBeNull();
  app = opened.use(await startApp(join(temp, 'config')));
  await app.page.getByRole('progressbar', { name: 'dropped.bin' }).waitFor();
  await setLimit('');
  await until('the file', () => isStored('dropped.bin'));
  await goTo(app.page, 'Home');
  await waitForStatus(app.page, 'Up to date');
});
