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
    findSame: async () => null,
    setFirstSession: vi.fn<() => Promise<boolean>>(async () => true),
  };
  /** Asks for one alone; by whom is looked at. */
  const openTogether = vi.fn<(account: object) => Promise<boolean>>(() => uploads.open());
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
    openTogether,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what creating an upload asks of them, and no more
  const deps = world as unknown as Deps;
  const confirm = vi.fn<() => Promise<void>>(async () => {});
  const claimedSession = { id: 'session', userId: 'user', generation: 1 };
  const origin = { address: '::1', userAgent: null };
  const principal = {
    kind: 'session',
    userId: 'user',
    sessionId: 'session',
    origin,
    expiresAt: null,
  } as const;
  const create = (more: object = {}) =>
    createUpload(deps, { principal, confirm, session: claimedSession }, { path: 'a', sizeBytes: 5, ...more });
  return { uploads, objects, openTogether, log, confirm, create };
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

test('whose claim the statement saw to stand is not looked up; else it is, and only then the upload is tried again', async () => {
  const { confirm, create, openTogether, uploads } = makeWorld('5');
  await create();
  expect(confirm).not.toHaveBeenCalled();
  expect(openTogether.mock.lastCall?.[0]).toEqual({
    userId: 'user',
    session: { id: 'session', userId: 'user', generation: 1 },
  });
  uploads.open.mockResolvedValueOnce(false);
  await create();
  expect(confirm).toHaveBeenCalledOnce();
  expect(uploads.open).toHaveBeenCalledTimes(3);
});

test('a claim that does not stand leaves no session, and nothing is opened for it', async () => {
  const { confirm, create, uploads, objects } = makeWorld('5');
  uploads.open.mockResolvedValue(false);
  confirm.mockRejectedValue(noRow);
  await expect(create()).rejects.toBe(noRow);
  expect(uploads.open).toHaveBeenCalledOnce();
  expect(objects.cancelUploadSession).toHaveBeenCalledOnce();
});

test.each([{ sha256: 'a'.repeat(64) }, { ifVersion: 1 }, { expected: [{ kind: 'any' }] }])(
  'nothing is looked at before the claim is seen to stand: %o',
  async (more) => {
    const { confirm, create } = makeWorld('5');
    confirm.mockRejectedValue(noRow);
    // What is behind it would fail otherwise: there are no such repositories.
    await expect(create(more)).rejects.toBe(noRow);
  },
);

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
