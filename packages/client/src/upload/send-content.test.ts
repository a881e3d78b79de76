import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMemoryStore, type Fault, sessionFor } from '../../test/support/memory-store.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { createPassHash } from './incremental-hash.ts';
import { type SendContentOptions, sendContent } from './send-content.ts';
import { bytesSource } from './source.ts';

const KIB = 1024;
const RETRY = { baseMs: 1, capMs: 2, stalledAfterMs: 10_000 };

const createSha256 = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digestHex: () => hash.digest('hex') };
};

interface SendOptions extends Partial<SendContentOptions> {
  readonly sizeBytes?: number;
  readonly faults?: (Fault | null)[];
}

function setUp({ sizeBytes = 1_500 * KIB, faults = [], ...options }: SendOptions = {}) {
  const bytes = randomBytes(sizeBytes);
  const store = createMemoryStore(sizeBytes, faults);
  const hash = createPassHash(createSha256);
  const send = () =>
    sendContent({
      transport: store.transport,
      session: sessionFor(),
      source: bytesSource(bytes),
      hash,
      resume: false,
      renew: () => Promise.reject(new InstashareError('upload_not_found', 'gone')),
      retry: RETRY,
      ...options,
    });
  return { send, store, hash, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

test('a file below the chunk size goes in one request without a range', async () => {
  const { send, store, hash, sha256 } = setUp();
  await send();
  expect(store.requests).toEqual(['whole']);
  expect([store.sha256(), hash.digestHex()]).toEqual([sha256, sha256]);
});

test('an empty file is one empty request', async () => {
  const { send, store, hash, sha256 } = setUp({ sizeBytes: 0 });
  await send();
  expect(store.requests).toEqual(['whole']);
  expect(hash.digestHex()).toBe(sha256);
});

test('after a cut it asks, and goes on where the store stands', async () => {
  const { send, store, hash, sha256 } = setUp({ faults: [{ kind: 'cut', afterBytes: 1_000 * KIB }] });
  await send();
  expect(store.requests).toEqual(['whole', 'bytes */1536000', 'bytes 786432-1535999/1536000']);
  // The store kept less than was read: those bytes pass twice and must count once.
  expect([store.sha256(), hash.digestHex()]).toEqual([sha256, sha256]);
});

test('S14: after a cut that kept nothing it begins anew', async () => {
  const { send, store, sha256 } = setUp({ faults: [{ kind: 'cut', afterBytes: 100 * KIB }] });
  await send();
  expect(store.requests).toEqual(['whole', 'bytes */1536000', 'whole']);
  expect(store.sha256()).toBe(sha256);
});

test('an answer that got lost costs a question, not the file', async () => {
  const { send, store } = setUp({ faults: [{ kind: 'lost-answer' }] });
  const { sentBytes } = await send();
  expect(store.requests).toEqual(['whole', 'bytes */1536000']);
  expect(sentBytes).toBe(1_500 * KIB);
});

test('through many cuts it arrives whole', async () => {
  const faults = Array.from({ length: 12 }, (_, index): Fault | null =>
    index % 2 === 0 ? { kind: 'cut', afterBytes: (index + 3) * 100 * KIB } : null,
  );
  const { send, store, hash, sha256 } = setUp({ sizeBytes: 6_000 * KIB, faults });
  await send();
  expect([store.sha256(), hash.digestHex()]).toEqual([sha256, sha256]);
});

test('resuming, it asks first and hashes what it need not send', async () => {
  const first = setUp({
    faults: [{ kind: 'cut', afterBytes: 600 * KIB }],
    retry: { ...RETRY, stalledAfterMs: 0 },
  });
  await expect(first.send()).rejects.toMatchObject({ code: 'network' });
  expect(first.store.bytes()).toBe(512 * KIB);

  const hash = createPassHash(createSha256);
  const { sentBytes } = await sendContent({
    transport: first.store.transport,
    session: sessionFor(),
    source: bytesSource(first.bytes),
    hash,
    resume: true,
    renew: () => Promise.reject(new Error('not needed')),
    retry: RETRY,
  });
  expect(sentBytes).toBe((1_500 - 512) * KIB);
  expect([first.store.sha256(), hash.digestHex()]).toEqual([first.sha256, first.sha256]);
});

test('C22: a proxy that takes only small bodies gets small ones', async () => {
  const limit: Fault = { kind: 'limit', bytes: 512 * KIB };
  const { send, store, sha256 } = setUp({ faults: Array.from({ length: 100 }, () => limit) });
  await send();
  expect(store.sha256()).toBe(sha256);
  expect(store.requests.at(-1)).toBe('bytes 1048576-1535999/1536000');
});

test('a 413 for the smallest chunk is the end', async () => {
  const limit: Fault = { kind: 'limit', bytes: 1 };
  const { send } = setUp({ faults: Array.from({ length: 100 }, () => limit) });
  await expect(send()).rejects.toMatchObject({ code: 'payload_too_large' });
});

test('S2: an address that is no good any more is renewed, and what is there counts', async () => {
  let renewals = 0;
  const { send, store, sha256 } = setUp({
    faults: [
      { kind: 'cut', afterBytes: 800 * KIB },
      { kind: 'answer', status: 403 },
    ],
    renew: () => {
      renewals += 1;
      return Promise.resolve(sessionFor());
    },
  });
  await send();
  expect([renewals, store.sha256()]).toEqual([1, sha256]);
  expect(store.requests.at(-1)).toBe('bytes 786432-1535999/1536000');
});

test('S2: an upload that takes hours tells the server that it goes on', async () => {
  const hourMs = 60 * 60_000;
  let nowMs = 0;
  const renewedAtHours: number[] = [];
  const limit: Fault = { kind: 'limit', bytes: 256 * KIB };
  const { send, store, sha256 } = setUp({
    faults: Array.from({ length: 100 }, () => limit),
    now: () => nowMs,
    // Each chunk that gets through takes 40 minutes.
    onProgress: () => {
      nowMs += (hourMs / 3) * 2;
    },
    renew: () => {
      renewedAtHours.push(Math.floor(nowMs / hourMs));
      return Promise.resolve(sessionFor());
    },
  });
  await send();
  expect(store.sha256()).toBe(sha256);
  expect(renewedAtHours.length).toBeGreaterThan(2);
  expect(new Set(renewedAtHours).size).toBe(renewedAtHours.length);
});

test('a session that is gone is told to the caller', async () => {
  const { send } = setUp({ faults: [{ kind: 'answer', status: 404 }] });
  await expect(send()).rejects.toMatchObject({ code: 'upload_not_found' });
});

test('a store that takes and takes and keeps nothing is given up on', async () => {
  const { send } = setUp({
    faults: Array.from({ length: 10_000 }, () => ({ kind: 'answer', status: 308 }) as const),
    retry: { baseMs: 1, capMs: 5, stalledAfterMs: 50 },
  });
  await expect(send()).rejects.toMatchObject({ code: 'unavailable' });
});

test('progress counts what the network took, falls back after a cut and ends at the size', async () => {
  const seen: number[] = [];
  const { send } = setUp({
    faults: [{ kind: 'cut', afterBytes: 1_000 * KIB }],
    onProgress: (bytes) => seen.push(bytes),
  });
  await send();
  expect(seen).toEqual([512, 1_024, 768, 1_280, 1_500, 1_500].map((kib) => kib * KIB));
});

test('a file that ends early stops it', async () => {
  const bytes = randomBytes(100 * KIB);
  const { send } = setUp({ source: { ...bytesSource(bytes), sizeBytes: 1_500 * KIB } });
  await expect(send()).rejects.toMatchObject({ code: 'source_changed' });
});

test('an abort stops it between two tries', async () => {
  const controller = new AbortController();
  const { send } = setUp({
    faults: Array.from({ length: 10 }, () => ({ kind: 'answer', status: 503 }) as const),
    retry: { baseMs: 60_000, capMs: 60_000, stalledAfterMs: 600_000 },
    signal: controller.signal,
  });
  const sending = send();
  controller.abort();
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
});
