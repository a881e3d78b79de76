import { createHash, randomBytes } from 'node:crypto';
import type { FileDto } from '@instashare/contracts';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, type Fault, sessionFor } from '../../test/support/memory-store.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { createCrc32c } from '../node/crc32c.ts';
import { createSha256 } from '../node/sha256.ts';
import { bytesSource, type UploadSource } from './source.ts';
import { upload } from './upload.ts';
import type { UploadApi } from './upload-api.ts';
import type { UploadRequest } from './upload-options.ts';

const RETRY = { baseMs: 1, capMs: 2, stalledAfterMs: 10_000 };
const BYTES = randomBytes(700 * 1024);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

function fileOf(sha256: string): FileDto {
  return {
    id: '0197b6a0-0000-7000-8000-00000000000f',
    path: 'a.bin',
    sizeBytes: BYTES.byteLength,
    sha256,
    contentType: 'application/octet-stream',
    status: 'stored',
    failure: null,
    encoding: 'identity',
    storedBytes: BYTES.byteLength,
    version: 1,
    modifiedAt: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** A server in memory that writes down what it was asked; `overrides` answer in its place. */
function setUp(overrides: Partial<UploadApi> = {}, faults: (Fault | null)[] = []) {
  const store = createMemoryStore(BYTES.byteLength, faults);
  const asked: string[] = [];
  let sessions = 0;
  const server: UploadApi = {
    create: () => {
      sessions += 1;
      return Promise.resolve({ upload: sessionFor(`session-${sessions}`) });
    },
    get: (id) => Promise.resolve(sessionFor(id)),
    complete: ({ sha256 = '' }) => Promise.resolve(fileOf(sha256)),
    cancel: () => Promise.resolve(),
    ...overrides,
  };
  const api: UploadApi = {
    create(input, options) {
      asked.push(input.sha256 === undefined ? 'create' : 'create with sha256');
      return server.create(input, options);
    },
    get(id, options) {
      asked.push(`get ${id}`);
      return server.get(id, options);
    },
    complete(input, options) {
      asked.push(`complete ${input.id} ${input.sha256 === SHA256 ? 'rightly' : 'wrongly'}`);
      return server.complete(input, options);
    },
    cancel(id, options) {
      asked.push(`cancel ${id}`);
      return server.cancel(id, options);
    },
  };
  const run = (options: Partial<UploadRequest> = {}) =>
    upload(
      { api, transport: store.transport, createSha256, createCrc32c },
      { path: 'a.bin', source: bytesSource(BYTES), retry: RETRY, ...options },
    );
  return { run, asked, store };
}

test('hashes while it sends, and gives the sha256 at completion', async () => {
  const { run, asked, store } = setUp();
  const outcome = await run();
  expect(outcome).toMatchObject({ sha256: SHA256, alreadyStored: false, sentBytes: BYTES.byteLength });
  expect(asked).toEqual(['create', 'complete session-1 rightly']);
  expect(store.sha256()).toBe(SHA256);
});

test.each([{}, { sha256: SHA256 }])(
  'a store that compares it is given the crc32c of all bytes, through a cut (%j)',
  async (options) => {
    const crc32cs: (string | undefined)[] = [];
    const { run } = setUp(
      {
        create: () => Promise.resolve({ upload: { ...sessionFor('s'), comparesCrc32c: true as const } }),
        complete: ({ crc32c }) => {
          crc32cs.push(crc32c);
          return Promise.resolve(fileOf(SHA256));
        },
      },
      [{ kind: 'cut', afterBytes: 300 * 1024 }],
    );
    const crc32c = createCrc32c();
    crc32c.update(BYTES);
    await run(options);
    expect(crc32cs).toEqual([crc32c.digestBase64()]);
  },
);

test('progress never falls back, also when a cut took bytes that were sent', async () => {
  const seen: number[] = [];
  const { run } = setUp({}, [{ kind: 'cut', afterBytes: 600 * 1024 }]);
  await run({ onProgress: (bytes) => seen.push(bytes) });
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(BYTES.byteLength);
});

test('content that the account has is linked, and nothing is sent', async () => {
  const { run, store } = setUp({
    create: () => Promise.resolve({ file: fileOf(SHA256), alreadyStored: true as const }),
  });
  expect(await run({ sha256: SHA256 })).toMatchObject({ alreadyStored: true, sentBytes: 0 });
  expect(store.requests).toEqual([]);
});

test('C16: a completion whose answer was lost is asked for again', async () => {
  let calls = 0;
  const { run, asked } = setUp({
    complete: () => {
      calls += 1;
      return calls === 1
        ? Promise.reject(new InstashareError('network', 'cut'))
        : Promise.resolve(fileOf(SHA256));
    },
  });
  await run();
  expect(asked).toEqual(['create', 'complete session-1 rightly', 'complete session-1 rightly']);
});

test('a session that vanished under it is replaced by a new one', async () => {
  const { run, asked, store } = setUp(
    { get: () => Promise.reject(new InstashareError('upload_expired', 'too late')) },
    [{ kind: 'answer', status: 410 }],
  );
  await run();
  expect(asked).toEqual(['create', 'get session-1', 'create', 'complete session-2 rightly']);
  expect(store.sha256()).toBe(SHA256);
});

test('a session gone at completion: the next one begins with the sha256 that is known by now', async () => {
  let completions = 0;
  const { run, asked } = setUp({
    complete: () => {
      completions += 1;
      return completions === 1
        ? Promise.reject(new InstashareError('upload_not_found', 'swept'))
        : Promise.resolve(fileOf(SHA256));
    },
  });
  await run().catch(() => undefined);
  expect(asked.slice(0, 3)).toEqual(['create', 'complete session-1 rightly', 'create with sha256']);
});

describe('going on with an upload begun before', () => {
  test('only what is missing is sent', async () => {
    const { run, asked, store } = setUp({}, [{ kind: 'cut', afterBytes: 600 * 1024 }]);
    const cut = run({ retry: { ...RETRY, stalledAfterMs: 0 }, onSession: () => {} });
    await expect(cut).rejects.toMatchObject({ code: 'network' });
    const { sentBytes } = await run({ resumeUploadId: 'session-1' });
    expect(sentBytes).toBe(BYTES.byteLength - 512 * 1024);
    expect(asked).toEqual(['create', 'get session-1', 'complete session-1 rightly']);
    expect(store.sha256()).toBe(SHA256);
  });

  test('one that has all its bytes is only completed', async () => {
    const { run, asked, store } = setUp({
      get: () => Promise.reject(new InstashareError('upload_finished', 'has all')),
    });
    expect(await run({ resumeUploadId: 'old' })).toMatchObject({ sha256: SHA256, sentBytes: 0 });
    expect(asked).toEqual(['get old', 'complete old rightly']);
    expect(store.requests).toEqual([]);
  });

  test('one that is gone is begun anew', async () => {
    const { run, asked } = setUp({
      get: () => Promise.reject(new InstashareError('upload_not_found', 'swept')),
    });
    await run({ resumeUploadId: 'old' });
    expect(asked).toEqual(['get old', 'create', 'complete session-1 rightly']);
  });
});

describe('given up', () => {
  test('C1: a file that changed while it was read is never completed, and its session is cancelled', async () => {
    const { run, asked } = setUp();
    const changed = run({
      onSession: () => {},
      beforeComplete: () => Promise.reject(new InstashareError('source_changed', 'it grew')),
    });
    await expect(changed).rejects.toMatchObject({ code: 'source_changed' });
    expect(asked).toEqual(['create', 'cancel session-1']);
  });

  test('a cut session is kept for one who remembers it', async () => {
    const { run, asked } = setUp({}, [{ kind: 'cut', afterBytes: 1 }]);
    const cut = run({ retry: { ...RETRY, stalledAfterMs: 0 }, onSession: () => {} });
    await expect(cut).rejects.toMatchObject({ code: 'network' });
    expect(asked).toEqual(['create']);
  });

  test('and cancelled for one who does not', async () => {
    const { run, asked } = setUp({}, [{ kind: 'cut', afterBytes: 1 }]);
    await expect(run({ retry: { ...RETRY, stalledAfterMs: 0 } })).rejects.toMatchObject({ code: 'network' });
    expect(asked).toEqual(['create', 'cancel session-1']);
  });
});

test.each([0, 256 * 1024])(
  'an abort is heard while the source is read from byte %d on and gives nothing',
  async (stillFrom) => {
    const { run, asked } = setUp();
    const why = new Error('no longer wanted');
    const aborting = new AbortController();
    const bytes = bytesSource(BYTES);
    const source: UploadSource = {
      sizeBytes: bytes.sizeBytes,
      read(target, position) {
        if (position < stillFrom) return bytes.read(target.subarray(0, stillFrom), position);
        aborting.abort(why);
        return new Promise(() => {});
      },
    };
    await expect(run({ source, signal: aborting.signal })).rejects.toBe(why);
    expect(asked).toEqual(['create', 'cancel session-1']);
  },
);

test.each(['+275760-09-13T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', '0000-12-31T23:59:59.999Z'])(
  'C17: the time %s, which no plain date can say, is left out',
  async (time) => {
    const inputs: unknown[] = [];
    const { run } = setUp({
      create: (input) => {
        inputs.push(input);
        return Promise.resolve({ upload: sessionFor('session-1') });
      },
    });
    await run({ modifiedAt: new Date(time) });
    expect(inputs).toEqual([{ path: 'a.bin', sizeBytes: BYTES.byteLength }]);
  },
);

test.each([
  ['a disk that can not be read', Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }), []],
  ['a log-in that has ended', new InstashareError('session_ended', 'log in again'), []],
  ['content that changed', new InstashareError('source_changed', 'it grew'), ['cancel session-1']],
])(
  'after %s a session is kept or not, by whether it can be gone on with',
  async (_what, error, cancelled) => {
    const { run, asked } = setUp();
    const failing = run({ onSession: () => {}, beforeComplete: () => Promise.reject(error) });
    await expect(failing).rejects.toBe(error);
    expect(asked.filter((call) => call.startsWith('cancel'))).toEqual(cancelled);
  },
);
