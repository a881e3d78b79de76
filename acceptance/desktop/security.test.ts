import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';

test('the page is shut in: no Node, no other origin, no way out, and no door but the one', async () => {
  await using temp = await makeTempFolder('desktop');
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  await page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  const seen = await page.evaluate(`(async () => {
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
      fetched: await tried(() => fetch('https://example.org/')),
      file: await tried(() => fetch('file:///etc/passwd')),
      opened: window.open('https://example.invalid/') === null,
      permission: await Notification.requestPermission(),
      unknown: await ask('session.load', undefined),
      mainOnly: await ask('files.downloadTo', { ids: [], folder: '/' }),
      badInput: await ask('settings.update', { theme: 'purple' }),
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
    opened: true,
    permission: 'denied',
    unknown: 'unknown_procedure',
    mainOnly: 'unknown_procedure',
    badInput: 'invalid_input',
  });
  await page.evaluate("location.href = 'https://example.invalid/'");
  expect(page.url()).toBe('app://instashare/index.html');
});

test('an address that is no Instashare server is told while it is typed', async () => {
  await using temp = await makeTempFolder('desktop');
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  await page.getByLabel('Server address').fill('http://127.0.0.1:1');
  await page.getByText('Nothing answers at http://127.0.0.1:1').waitFor();
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
  await page.getByLabel('Server address').fill('http://');
  await page.getByText('This is no address').waitFor();
});
