import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { sha256Of } from '../harness/uploads.ts';
import { type DesktopApp, startApp } from './app.ts';
import { openRelay } from './relay.ts';
import { drop, goTo, setUp, waitForStatus } from './steps.ts';

const SIZE_BYTES = 12_000_000;
const BYTES_PER_SECOND = 1_500_000;
/** A connection on which nothing goes on is given up after half a minute. */
const BEFORE_GIVEN_UP_MS = 20_000;

/** Until so much of the file is sent, in percent. */
async function waitForPercent({ page }: DesktopApp, percent: number): Promise<void> {
  const bar = page.getByRole('progressbar', { name: 'film.mp4' });
  const isSent = async () => (Number(await bar.getAttribute('aria-valuenow')) >= percent ? true : null);
  await until(`${percent} % to be sent`, isSent);
}

test('a large file that was dropped goes on where it was after a cut, sleep, a pause and a kill: little is sent twice', async () => {
  await using temp = await makeTempFolder('desktop-resumed');
  // The server tells its clients the relay's address as its own: the bytes go that way as well.
  await using relay = await openRelay('http://127.0.0.1:1');
  await using own = await startInstance({ environment: { PUBLIC_URL: relay.url } });
  relay.server = own.url;
  const config = join(temp.path, 'config');
  await mkdir(join(config, 'desktop'), { recursive: true });
  await writeFile(
    join(config, 'desktop', 'settings.json'),
    JSON.stringify({ uploadBytesPerSecond: BYTES_PER_SECOND }),
  );
  const film = randomBytes(SIZE_BYTES);
  await writeFile(join(temp.path, 'film.mp4'), film);
  const user = await registerUser(own.url);
  {
    await using app = await startApp(config);
    await setUp(app, { server: relay.url, email: user.email, isNew: false });
    await waitForStatus(app.page, 'Ready');
    await goTo(app.page, 'My files');
    await drop(app.page, join(temp.path, 'film.mp4'));
    await goTo(app.page, 'Home');
    await waitForPercent(app, 15);
    relay.cut();
    await waitForPercent(app, 25);
    relay.freeze();
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    // What the window shows is on its way into the dead connection as well.
    const { sentBytes } = relay;
    await until('more to get through', () => (relay.sentBytes > sentBytes + 1_000_000 ? true : null), {
      timeoutMs: BEFORE_GIVEN_UP_MS,
    });
    await waitForPercent(app, 40);
    await app.page.getByRole('button', { name: 'Pause', exact: true }).click();
    await waitForStatus(app.page, 'Paused');
    // How far it is stays to be seen meanwhile.
    await waitForPercent(app, 30);
    await app.page.getByRole('button', { name: 'Resume' }).click();
    await waitForPercent(app, 60);
    await app.kill();
  }
  // The crash left it half done.
  expect(await user.get('/files', pageSchema)).toMatchObject({ items: [] });
  await using app = await startApp(config);
  const stored = await until('the file', async () => {
    const { items } = await user.get('/files', pageSchema);
    return items[0] ?? null;
  });
  expect(stored).toMatchObject({ path: 'film.mp4', sha256: sha256Of(film), version: 1 });
  await waitForStatus(app.page, /^(Ready|Up to date)$/);
  expect(relay.sentBytes).toBeGreaterThan(SIZE_BYTES);
  expect(relay.sentBytes).toBeLessThan(1.3 * SIZE_BYTES);
});
