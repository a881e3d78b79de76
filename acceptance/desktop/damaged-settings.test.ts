import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { shoot } from './steps.ts';

test('settings that can not be read are kept aside, and the first run says so', async () => {
  await using temp = await makeTempFolder('desktop');
  const settings = join(temp.path, 'config', 'desktop', 'settings.json');
  await mkdir(join(temp.path, 'config', 'desktop'), { recursive: true });
  await writeFile(settings, '{"folders": [');
  await using app = await startApp(join(temp.path, 'config'));
  await app.page.getByRole('heading', { name: 'Where is your server?' }).waitFor();
  const words = app.page.getByRole('alert');
  await expect.poll(() => words.allTextContents()).toEqual([expect.stringContaining(`${settings}.bad`)]);
  await shoot(app.page, 'setup-damaged-settings');
  expect(await readFile(`${settings}.bad`, 'utf8')).toBe('{"folders": [');
});
