import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startApp } from './app.ts';
import { uploadTexts } from './other-device.ts';
import { openRelay } from './relay.ts';
import { fileRow, goTo, setUp, shoot, waitForStatus } from './steps.ts';

test('while the trash is on its way, and while the server is away, that is said; then it comes by itself', async () => {
  await using temp = await makeTempFolder('desktop-trash-states');
  const user = await registerUser(inject('server'));
  await using relay = await openRelay(user.server);
  await using app = await startApp(join(temp.path, 'config'));
  const { page } = app;
  const [file] = await uploadTexts(user, { 'late.txt': 'late' });
  await user.send('DELETE', `/files/${file?.id ?? ''}`);
  await setUp(app, { server: relay.url, email: user.email, isNew: false });
  await waitForStatus(page, 'Ready');
  await goTo(page, 'My files');
  await page.getByText('No files yet').waitFor();

  const { promise, resolve } = Promise.withResolvers<void>();
  relay.heldUntil = promise;
  await page.getByRole('button', { name: 'Trash' }).click();
  await page.getByText('Fetching the list…').waitFor();
  await shoot(page, 'trash-loading');
  relay.setCut(true);
  relay.heldUntil = null;
  resolve();
  await page.getByText("The list can't be fetched right now").waitFor();
  await shoot(page, 'trash-away');
  expect(await page.getByText('0 files').count()).toBe(0);
  // Nothing can be emptied that nobody has seen.
  const empty = page.getByRole('button', { name: 'Empty trash…' });
  expect(await empty.getAttribute('aria-disabled')).toBe('true');
  relay.setCut(false);
  await fileRow(page, 'late.txt').waitFor();
  expect(await empty.getAttribute('aria-disabled')).toBe('false');
});
