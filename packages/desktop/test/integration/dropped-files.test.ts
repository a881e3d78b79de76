import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createActivityLog } from '../../src/engine/activity-log.ts';
import { dropJournalPath, openDropJournal } from '../../src/engine/drop-journal.ts';
import { type DropTarget, uploadPaths } from '../../src/engine/dropped-files.ts';
import { createTransfers } from '../../src/engine/transfers.ts';

const never = () => Promise.reject(new Error('Nobody asks for it'));

test('a folder that can not be read is kept as failed, also after a restart, and looked through when it is tried again', async () => {
  const temp = mkdtempSync(join(tmpdir(), 'instashare-dropped-'));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  const dropped = join(temp, 'Trip');
  const put = (name: string) => {
    mkdirSync(join(dropped, name), { recursive: true });
    writeFileSync(join(dropped, name, 'photo'), name);
  };
  for (const name of ['one', 'two']) put(name);
  const path = dropJournalPath(temp, { server: 'http://server', userId: 'one' });
  using drops = openDropJournal(path);
  using transfers = createTransfers();
  const uploaded: string[] = [];
  let lost: string | null = null;
  const target: DropTarget = {
    drops: {
      ...drops,
      add(record) {
        // Whichever comes first takes the other away, before that is looked at: what is found is written down at once.
        if (record.kind === 'file' && lost === null) {
          lost = dirname(record.localPath).endsWith('one') ? 'two' : 'one';
          rmSync(join(dropped, lost), { recursive: true });
        }
        return drops.add(record);
      },
    },
    transfers,
    activity: createActivityLog(),
    ownFolders: () => Promise.resolve([]),
    client: {
      call: never,
      upload(_localPath, options) {
        uploaded.push(options.path);
        return Promise.withResolvers<never>().promise;
      },
    },
  };
  await uploadPaths(target, [dropped], '');
  // It is looked through: from now on what was found in it stands for it.
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('{"remove":1}');
  expect(transfers.failed().map((failed) => failed.path)).toEqual([`Trip/${lost}`]);
  {
    using again = openDropJournal(path);
    const failed = again.left.filter(({ failure }) => failure !== null);
    expect(failed.map((record) => [record.path, record.failure?.code])).toEqual([[`Trip/${lost}`, 'ENOENT']]);
  }
  put(lost ?? '');
  transfers.retry();
  await expect.poll(() => uploaded.toSorted()).toEqual(['Trip/one/photo', 'Trip/two/photo']);
  expect(transfers.failed()).toEqual([]);
});

test('whoever drops a folder is answered once it is written down, however long it takes to look through it', async () => {
  const temp = mkdtempSync(join(tmpdir(), 'instashare-dropped-'));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  const path = dropJournalPath(temp, { server: 'http://server', userId: 'one' });
  using drops = openDropJournal(path);
  using transfers = createTransfers();
  const endless = Promise.withResolvers<never>().promise;
  const target: DropTarget = {
    drops,
    transfers,
    activity: createActivityLog(),
    ownFolders: () => endless,
    client: { call: never, upload: () => endless },
  };
  await uploadPaths(target, [temp], '');
  expect(readFileSync(path, 'utf8')).toContain(JSON.stringify(temp));
});
