import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { collect } from '@instashare/backend/streams';
import { expect, test, vi } from 'vitest';
import { receiveBundle } from './receive-bundle.ts';

type Deps = Parameters<typeof receiveBundle>[0];

const entry = { path: 'a', sizeBytes: 6, sha256: '0'.repeat(64) };
const noRow = new Error('the database is away');

/** An object store that names an object when its body has ended, and a database that takes its time with the row. */
function makeWorld() {
  const row = Promise.withResolvers<boolean>();
  const uploads = {
    open: vi.fn<() => Promise<boolean>>(() => row.promise),
    end: vi.fn<() => Promise<boolean>>(async () => true),
  };
  const named: string[] = [];
  const put = async (key: string, body: Readable) => {
    await collect(body);
    named.push(key);
  };
  const world = {
    compressions: { receiving: () => ({ [Symbol.dispose]() {} }) },
    config: { uploadExpiresSeconds: 60 },
    database: {
      repositories: { uploads },
      transaction: (work: (repositories: unknown) => unknown) =>
        work({ uploads: { ...uploads, lock: async () => null } }),
    },
    newId: () => 'id',
    now: () => new Date(0),
    objects: { put },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a bundle asks of them up to its booking, and no more
  const deps = world as unknown as Deps;
  const receive = (contents: AsyncIterable<Buffer>) =>
    receiveBundle(deps, 'user', { entries: [entry], contents, signal: new AbortController().signal });
  return { row, uploads, named, receive };
}

async function* inTwo(between: () => void | Promise<void> = () => {}) {
  yield Buffer.from('abc');
  await between();
  yield Buffer.from('def');
}

test('the object has no name before the row that names it is there', async () => {
  const { row, named, receive } = makeWorld();
  const read = new EventTarget();
  const received = receive(inTwo(() => void read.dispatchEvent(new Event('second'))));
  const end = received.catch((error: unknown) => error);
  await once(read, 'second');
  await new Promise(setImmediate);
  expect(named).toEqual([]);
  row.resolve(true);
  // The booking is not what this is about: for it there is no such upload.
  expect(await end).toMatchObject({ code: 'upload_expired' });
  expect(named).toEqual(['user/id']);
});

test('where there is no room for it, the rest is not read, and nothing is left', async () => {
  const { row, named, uploads, receive } = makeWorld();
  let isRead = false;
  const contents = inTwo(async () => {
    row.resolve(false);
    await new Promise(setImmediate);
  });
  const watched = async function* () {
    for await (const chunk of contents) {
      isRead = chunk.equals(Buffer.from('def'));
      yield chunk;
      if (isRead) throw new Error('it was wanted');
    }
  };
  await expect(receive(watched())).rejects.toMatchObject({ code: 'quota_exceeded' });
  expect([named, uploads.end.mock.calls]).toEqual([[], []]);
});

test('a row that fails leaves no object, and may be there all the same: it is ended', async () => {
  const { row, named, uploads, receive } = makeWorld();
  row.reject(noRow);
  await expect(receive(inTwo())).rejects.toBe(noRow);
  expect(named).toEqual([]);
  expect(uploads.end).toHaveBeenCalledOnce();
});

test('contents that break off are told of, and not the row that fails as well', async () => {
  const { row, named, receive } = makeWorld();
  const broken = new Error('torn');
  const received = receive(
    inTwo(() => {
      row.reject(noRow);
      throw broken;
    }),
  );
  await expect(received).rejects.toBe(broken);
  expect(named).toEqual([]);
});
