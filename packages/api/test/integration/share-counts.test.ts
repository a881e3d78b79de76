import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openObjects } from '../support/open-objects.ts';
import { readZip } from '../support/read-zip.ts';
import { listShares, share } from '../support/shares.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

const KINDS = ['file', 'zip'] as const;
/** More than is read of it before somebody wants it. */
const CONTENT = 'sand '.repeat(200_000);

/** The two ways to download something of a folder that may be downloaded once. */
async function withOnce(api: TestApi) {
  const { token, userId } = await api.register();
  await api.upload(token, 'photos/beach.txt', CONTENT);
  const { url } = await share(api, token, { folder: 'photos', maxDownloads: 1 });
  const [file] = /files\/[\w-]+\/content/.exec((await api.request('GET', url)).text) ?? [];
  const downloads = async () => (await listShares(api, token))[0]?.downloads;
  return { userId, downloads, addresses: { file: `${url}/${file}`, zip: `${url}/zip` } };
}

test.each(KINDS)('a %s that can not be opened uses up no download', async (kind) => {
  await using api = await startTestApi();
  const { addresses, downloads } = await withOnce(api);
  const objects = join(api.dataDir, 'objects');
  await rename(objects, `${objects} away`);
  expect((await fetch(addresses[kind])).status).toBe(503);
  expect(await downloads()).toBe(0);

  await rename(`${objects} away`, objects);
  const answer = await fetch(addresses[kind]);
  const given = Buffer.from(await answer.arrayBuffer());
  const content = kind === 'zip' ? readZip(given)['beach.txt'] : given.toString();
  expect([answer.status, content === CONTENT]).toEqual([200, true]);
  expect(await downloads()).toBe(1);
});

// Only Linux tells which files a process has open.
test.runIf(process.platform === 'linux').each(KINDS)(
  'where a %s may be downloaded once, those who are too late leave nothing open',
  async (kind) => {
    await using api = await startTestApi();
    const { addresses, downloads, userId } = await withOnce(api);
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(addresses[kind])));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await downloads()).toBe(1);
    await expect.poll(() => openObjects(userId), { timeout: 5000 }).toBe(0);
  },
);
