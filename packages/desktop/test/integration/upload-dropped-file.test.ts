import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstashareError } from '@instashare/client';
import { expect, onTestFinished, test } from 'vitest';
import { createActivityLog } from '../../src/engine/activity-log.ts';
import { dropJournalPath, openDropJournal } from '../../src/engine/drop-journal.ts';
import { type DropTarget, resumeDrops, uploadPaths } from '../../src/engine/dropped-files.ts';
import { createTransfers } from '../../src/engine/transfers.ts';

/** A server that takes no more than half of a file: what it is asked to begin, to go on with, and to end. */
function createServer() {
  const asked: string[] = [];
  let begun = 0;
  let refusal: InstashareError | null = null;
  const client: DropTarget['client'] = {
    call: () => Promise.resolve(void asked.push('end')).then(never),
    async upload(_localPath, { resumeUploadId, onSession, signal }) {
      if (resumeUploadId === undefined) {
        begun += 1;
        await onSession?.(`upload ${begun}`);
      }
      asked.push(resumeUploadId === undefined ? `begin ${begun}` : `go on with ${resumeUploadId}`);
      if (refusal !== null) throw refusal;
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  };
  return {
    client,
    asked,
    refuse: (code: 'checksum_mismatch' | 'network') => void (refusal = new InstashareError(code, code)),
  };
}

const never = (): never => {
  throw new InstashareError('network', 'It is away');
};

/** What is there of the app from its start to its end; a crash leaves no less in the file. */
function start(path: string, { client }: ReturnType<typeof createServer>) {
  const drops = openDropJournal(path);
  const transfers = createTransfers();
  const target: DropTarget = {
    drops,
    transfers,
    activity: createActivityLog(),
    ownFolders: () => Promise.resolve([]),
    client,
  };
  return {
    ...target,
    target,
    [Symbol.dispose]() {
      transfers[Symbol.dispose]();
      drops[Symbol.dispose]();
    },
  };
}

function makeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'instashare-resume-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dropped = join(folder, 'film.mp4');
  writeFileSync(dropped, 'a long film');
  return { dropped, journal: dropJournalPath(folder, { server: 'http://server', userId: 'one' }) };
}

test('after a pause, and after a restart, a file goes on where it was; once it has changed it begins anew', async () => {
  const { dropped, journal } = makeFile();
  const server = createServer();
  {
    using app = start(journal, server);
    await uploadPaths(app.target, [dropped], '');
    await expect.poll(() => server.asked).toEqual(['begin 1']);
    app.transfers.holdUploads(true);
    app.transfers.holdUploads(false);
    await expect.poll(() => server.asked.slice(1)).toEqual(['go on with upload 1']);
  }
  {
    using app = start(journal, server);
    void resumeDrops(app.target);
    await expect.poll(() => server.asked.slice(2)).toEqual(['go on with upload 1']);
  }
  appendFileSync(dropped, ', and longer');
  using app = start(journal, server);
  void resumeDrops(app.target);
  await expect.poll(() => server.asked.slice(3)).toEqual(['end', 'begin 2']);
  expect(app.drops.begunUploads().map(({ uploadId }) => uploadId)).toEqual(['upload 2']);
});

test('what was half sent is ended at the server when nobody wants it any more', async () => {
  const { dropped, journal } = makeFile();
  const server = createServer();
  using app = start(journal, server);
  await uploadPaths(app.target, [dropped], '');
  await expect.poll(() => server.asked).toEqual(['begin 1']);
  app.transfers.cancel(app.transfers.list(1)[0]?.id ?? '');
  await expect.poll(() => server.asked.slice(1)).toEqual(['end']);
  expect(app.drops.isEmpty).toBe(true);
});

test('one that failed goes on where it was, unless the server has refused what was sent', async () => {
  const { dropped, journal } = makeFile();
  const server = createServer();
  server.refuse('network');
  using app = start(journal, server);
  await uploadPaths(app.target, [dropped], '');
  await expect.poll(() => app.transfers.failed()).toHaveLength(1);
  server.refuse('checksum_mismatch');
  app.transfers.retry();
  await expect.poll(() => server.asked).toEqual(['begin 1', 'go on with upload 1']);
  await expect.poll(() => app.transfers.failed()).toHaveLength(1);
  app.transfers.retry();
  await expect.poll(() => server.asked.slice(2)).toEqual(['begin 2']);
});
