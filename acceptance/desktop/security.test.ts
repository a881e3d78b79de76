import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CHECKOUT } from '../harness/environment.ts';
import { openStranger } from '../harness/stranger.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';

/** Long enough for a page to be somewhere else, had nothing kept it. */
const NAVIGATED_MS = 1_500;

test('the page is shut in: no Node, no other origin, no way out, and no door but the one', async () => {
  await using temp = await makeTempFolder('desktop');
  await using stranger = await openStranger();
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  const seen = await page.evaluate(`(async () => {
    const violated = [];
    addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const tried = async (task) => { try { await task(); return 'done'; } catch { return 'refused'; } };
    // What the test itself runs may evaluate; what it leaves for later is the page's own.
    const later = (task) => new Promise((resolve) => setTimeout(() => void tried(task).then(resolve)));
    const ask = async (name, input) => (await window.instashare.call(name, input)).failure?.code;
    return {
      origin: location.origin,
      node: [typeof require, typeof process, typeof Buffer, typeof module],
      bridge: Object.keys(window.instashare).sort(),
      inline: window.inlineRan === true,
      evaluated: await later(() => (0, eval)('1')),
      fetched: await tried(() => fetch('${stranger.url}/by-the-page')),
      file: await tried(() => fetch('file:///etc/passwd')),
      permission: await Notification.requestPermission(),
      unknown: await ask('session.load', undefined),
      mainOnly: await ask('files.downloadTo', { ids: [], folder: '/' }),
      pathToOpen: await ask('files.open', { id: '/bin/sh' }),
      badInput: await ask('settings.update', { theme: 'purple' }),
      violated: violated.sort(),
    };
  })()`);
  expect(seen).toEqual({
    origin: 'app://instashare',
    node: ['undefined', 'undefined', 'undefined', 'undefined'],
    bridge: ['call', 'listen', 'upload'],
    inline: false,
    evaluated: 'refused',
    fetched: 'refused',
    file: 'refused',
    permission: 'denied',
    unknown: 'unknown_procedure',
    mainOnly: 'unknown_procedure',
    pathToOpen: 'invalid_input',
    badInput: 'invalid_input',
    violated: ['connect-src', 'connect-src', 'script-src', 'script-src-elem'],
  });
  expect(stranger.asked).toEqual([]);
});

test('what the policy of the page lets pass, the app stops: requests, navigation, windows', async () => {
  await using temp = await makeTempFolder('desktop');
  await using stranger = await openStranger();
  await using app = await startApp(join(temp.path, 'config'));
  const { electron, page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  // The same session as the page's, where no policy of a page applies.
  const fetched = await electron.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'done',
        () => 'refused',
      ),
    `${stranger.url}/by-the-session`,
  );
  expect(fetched).toBe('refused');

  await page.evaluate(`location.href = '${stranger.url}/navigated'`);
  await delay(NAVIGATED_MS);
  expect(page.url()).toBe('app://instashare/index.html');

  const outside = await electron.evaluateHandle(({ shell }) => {
    const opened: string[] = [];
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
    return opened;
  });
  const windows = await page.evaluate(`
    ['${stranger.url}/window', 'file:///etc/passwd', 'https://example.invalid/'].map((url) => window.open(url))
  `);
  expect(windows).toEqual([null, null, null]);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect.poll(() => outside.jsonValue()).toEqual(['https://example.invalid/']);
  expect(stranger.asked).toEqual([]);
});

test('only the main frame of the one window is answered: no frame in it, and no other window', async () => {
  await using temp = await makeTempFolder('desktop');
  await using app = await startApp(join(temp.path, 'config'));
  const { electron, page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  const ask = "instashare.call('settings.get').then(({ ok, failure }) => (ok ? 'answered' : failure.code))";
  const upload = "instashare.upload([]).then(({ ok, failure }) => (ok ? 'answered' : failure.code))";
  expect(await page.evaluate(ask)).toBe('answered');
  // The same page with the same door, in another window. It stays: without any the app would quit.
  const preload = join(CHECKOUT, 'packages', 'desktop', 'dist', 'preload', 'preload.cjs');
  const other = await electron.evaluate(
    async ({ BrowserWindow }, { preload: script, asks }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
      await window.loadURL('app://instashare/index.html');
      const answers: unknown[] = await Promise.all(
        asks.map((code): Promise<unknown> => window.webContents.executeJavaScript(code)),
      );
      return answers;
    },
    { preload, asks: [ask, upload] },
  );
  expect(other).toEqual(['forbidden', 'forbidden']);
  // The window made anew, with the door in its frames as well, as by a mistake in how it is made.
  const inFrame = await electron.evaluate(
    async ({ app: program, BrowserWindow }, asks) => {
      const before = BrowserWindow.getAllWindows();
      before.find((window) => window.isVisible())?.destroy();
      // oxlint-disable-next-line eslint/no-extend-native -- what makes the window reads its options by Electron's own code
      Object.defineProperty(Object.prototype, 'nodeIntegrationInSubFrames', {
        value: true,
        configurable: true,
      });
      program.emit('activate');
      Reflect.deleteProperty(Object.prototype, 'nodeIntegrationInSubFrames');
      const made = BrowserWindow.getAllWindows().find((window) => !before.includes(window));
      if (made === undefined) throw new Error('there is no window');
      const contents = made.webContents;
      await new Promise<void>((resolve) => {
        contents.once('did-finish-load', () => resolve());
      });
      // The policy of the page would let no frame in it.
      contents.debugger.attach();
      await contents.debugger.sendCommand('Page.setBypassCSP', { enabled: true });
      await contents.executeJavaScript(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = 'app://instashare/index.html';
        frame.onload = () => resolve();
        document.body.append(frame);
      })`);
      const frame = contents.mainFrame.frames[0];
      if (frame === undefined) throw new Error('there is no frame');
      const answers: unknown[] = await Promise.all(
        asks.map((code): Promise<unknown> => frame.executeJavaScript(code)),
      );
      const main: unknown = await contents.executeJavaScript(asks[0] ?? '');
      return { answers, main };
    },
    [ask, upload],
  );
  expect(inFrame).toEqual({ answers: ['forbidden', 'forbidden'], main: 'answered' });
});

test('an address that is no Instashare server is told while it is typed', async () => {
  await using temp = await makeTempFolder('desktop');
  await using stranger = await openStranger();
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  const mayGoOn = () => page.getByRole('button', { name: 'Continue' }).isEnabled();
  await page.getByLabel('Server address').fill('http://127.0.0.1:1');
  await page.getByText("Can't reach http://127.0.0.1:1").waitFor();
  expect(await mayGoOn()).toBe(false);
  await page.getByLabel('Server address').fill('http://');
  await page.getByText('This is no address').waitFor();
  expect(await mayGoOn()).toBe(false);
  await page.getByLabel('Server address').fill(stranger.url);
  await page.getByText(`Something answers at ${stranger.url}, but it is no Instashare server`).waitFor();
  expect(await mayGoOn()).toBe(false);
});

test('that an address is not encrypted is said before a password is typed', async () => {
  await using temp = await makeTempFolder('desktop');
  const config = join(temp.path, 'config');
  await mkdir(join(config, 'desktop'), { recursive: true });
  const kept = { server: 'http://files.example.org' };
  await writeFile(join(config, 'desktop', 'settings.json'), JSON.stringify(kept));
  await using app = await startApp(config);
  await app.page.getByText('At http://files.example.org').waitFor();
  expect(await app.page.getByRole('note').allTextContents()).toEqual([
    expect.stringContaining('nothing is encrypted'),
  ]);
});

test('a page that crashed is made anew', async () => {
  await using temp = await makeTempFolder('desktop');
  await using app = await startApp(join(temp.path, 'config'));
  const { electron, page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  const happened = await electron.evaluateHandle(({ BrowserWindow }) => {
    const events: string[] = [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('render-process-gone', () => events.push('gone'));
    contents?.on('did-finish-load', () => events.push('loaded'));
    contents?.forcefullyCrashRenderer();
    return events;
  });
  await expect.poll(() => happened.jsonValue()).toEqual(['gone', 'loaded']);
  // Only the main process can tell: Playwright gives up a page that has crashed once.
  const heading = () =>
    electron.evaluate(({ BrowserWindow }): Promise<unknown> | undefined =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        "document.querySelector('h1')?.textContent",
      ),
    );
  await expect.poll(heading).toBe('Where is your server?');
});
