/** The least that an Electron app can take: a window of the same Electron with one heading in it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppCommand, commandFor } from '../acceptance/desktop/launch-app.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';

const PAGE = '<!doctype html><title>Empty</title><h1>Here</h1>';
const MAIN = `
  const { app, BrowserWindow } = require('electron');
  app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1080, height: 720, show: false, webPreferences: { sandbox: true } });
    window.removeMenu();
    window.once('ready-to-show', () => window.show());
    void window.loadFile('index.html');
  });
`;

export async function prepareEmptyWindow(): Promise<AppCommand & AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(await makeTempFolder('empty-window'));
  const app = join(folder.path, 'app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'empty-window', main: 'main.js' }));
  await writeFile(join(app, 'main.js'), MAIN);
  await writeFile(join(app, 'index.html'), PAGE);
  const command = opened.use(await commandFor(app));
  const all = opened.move();
  return { ...command, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
