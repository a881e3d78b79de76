import type { OpenedUploadSession } from '@instashare/backend/storage';
import { expect, test, vi } from 'vitest';
import { createUpload } from './create-upload.ts';

type Deps = Parameters<typeof createUpload>[0];

const OPENED: OpenedUploadSession = { url: 'http://localhost/up', headers: {}, session: '5' };
const noRow = new Error('the database is away');
const noSession = new Error('the disk is full');

/** `session`: what the store says of it beforehand. */
function makeWorld(session: string | null) {
  const uploads = {
    open: vi.fn<() => Promise<boolean>>(async () => true),
    end: vi.fn<() => Promise<void>>(async () => {}),
    setFirstSession: vi.fn<() => Promise<boolean>>(async () => true),
  };
  const objects = {
    sessionOf: () => session,
    createUploadSession: vi.fn<() => Promise<OpenedUploadSession>>(async () => OPENED),
    cancelUploadSession: vi.fn<() => Promise<void>>(async () => {}),
  };
  const log = { warn: vi.fn<() => void>() };
  const world = {
    config: { uploadExpiresSeconds: 60 },
    database: { repositories: { uploads } },
    log,
    newId: () => 'id',
    now: () => new Date(0),
    objects,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what creating an upload asks of them, and no more
  const deps = world as unknown as Deps;
  return { uploads, objects, log, create: () => createUpload(deps, 'user', { path: 'a', sizeBytes: 5 }) };
}

const kinds = [
  ['known beforehand', '5'],
  ['told by the store', null],
] as const;

test.each(kinds)('a session %s: the upload is open', async (_, session) => {
  const { create, uploads, objects } = makeWorld(session);
  expect(await create()).toMatchObject({ upload: { id: 'id', url: OPENED.url } });
  expect(uploads.setFirstSession).toHaveBeenCalledTimes(session === null ? 1 : 0);
  expect([uploads.end, objects.cancelUploadSession].map(({ mock }) => mock.calls)).toEqual([[], []]);
});

test.each(kinds)('a session %s that fails ends the upload', async (_, session) => {
  const { create, uploads, objects } = makeWorld(session);
  objects.createUploadSession.mockRejectedValue(noSession);
  await expect(create()).rejects.toBe(noSession);
  expect(uploads.end).toHaveBeenCalledOnce();
});

test.each(kinds)('a session %s: none is left where there is no quota', async (_, session) => {
  const { create, uploads, objects } = makeWorld(session);
  uploads.open.mockResolvedValue(false);
  await expect(create()).rejects.toMatchObject({ code: 'quota_exceeded' });
  const { createUploadSession, cancelUploadSession } = objects;
  expect(cancelUploadSession.mock.calls).toHaveLength(createUploadSession.mock.calls.length);
  expect(uploads.end).not.toHaveBeenCalled();
});

test('a session that can not be cancelled changes nothing of why, and is noted', async () => {
  const { create, uploads, objects, log } = makeWorld('5');
  uploads.open.mockResolvedValue(false);
  objects.cancelUploadSession.mockRejectedValue(noSession);
  await expect(create()).rejects.toMatchObject({ code: 'quota_exceeded' });
  expect(log.warn).toHaveBeenCalledOnce();
});

test('a row that fails leaves no session, and may be there all the same: it is ended', async () => {
  const { create, uploads, objects } = makeWorld('5');
  uploads.open.mockRejectedValue(noRow);
  await expect(create()).rejects.toBe(noRow);
  expect(objects.cancelUploadSession).toHaveBeenCalledOnce();
  expect(uploads.end).toHaveBeenCalledOnce();
});

test('where both fail it is told of the row', async () => {
  const { create, uploads, objects } = makeWorld('5');
  uploads.open.mockRejectedValue(noRow);
  objects.createUploadSession.mockRejectedValue(noSession);
  await expect(create()).rejects.toBe(noRow);
  expect(objects.cancelUploadSession).not.toHaveBeenCalled();
});

test('cancelled meanwhile, its session is ended', async () => {
  const { create, uploads, objects } = makeWorld(null);
  uploads.setFirstSession.mockResolvedValue(false);
  await expect(create()).rejects.toMatchObject({ code: 'upload_not_found' });
  expect(objects.cancelUploadSession).toHaveBeenCalledOnce();
});
