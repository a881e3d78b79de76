import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { InstashareError } from '../errors/instashare-error.ts';
import { createSha256 } from '../node/sha256.ts';
import type { ContentAnswer, ContentTransportRequest } from './content-transport.ts';
import { type DownloadOptions, openDownload } from './download.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const RETRY = { baseMs: 1, capMs: 1, stalledAfterMs: 1_000 };

interface Faults {
  /** What is served instead, from the first request on. */
  readonly contents?: readonly Uint8Array[];
  /** Each connection breaks after so many bytes. */
  readonly cutAfter?: number;
  readonly hides?: string;
  /** The first requests get these instead of the file. */
  readonly statuses?: readonly number[];
}

/** A server of one file, as strict about ranges as ours. */
function serve({
  contents = [BYTES],
  cutAfter = Number.POSITIVE_INFINITY,
  hides,
  statuses = [],
}: Faults = {}) {
  const requests: (string | undefined)[] = [];
  const openContent = ({ headers }: ContentTransportRequest): Promise<ContentAnswer> => {
    const bytes = contents[Math.min(requests.length, contents.length - 1)] ?? BYTES;
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
    const refusal = statuses[requests.length];
    requests.push(headers['range']);
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '') ?? [];
    const isPart = headers['range'] !== undefined && (headers['if-range'] ?? etag) === etag;
    const [start, end] = isPart
      ? [Number(from), to === '' ? bytes.length : Number(to) + 1]
      : [0, bytes.length];
    const body = bytes.subarray(start, end);
    const all: Record<string, string> = {
      etag,
      'content-length': String(body.length),
      'content-type': 'text/x-test',
      ...(isPart ? { 'content-range': `bytes ${start}-${start + body.length - 1}/${bytes.length}` } : {}),
    };
    return Promise.resolve({
      status: refusal ?? (isPart ? 206 : 200),
      header: (name) => (name === hides ? null : (all[name] ?? null)),
      text: () => Promise.resolve(''),
      cancel: () => {},
      async *blocks() {
        for (let at = 0; at < body.length; at += 100) {
          if (at >= cutAfter) throw new InstashareError('network', 'cut');
          yield body.subarray(at, at + 100);
        }
      },
    });
  };
  const server = {
    url: 'http://server.test',
    accessToken: () => Promise.resolve('token'),
    rejectAccessToken: () => {},
  };
  const open = (options: DownloadOptions = {}) =>
    openDownload({ server, openContent, createSha256 }, 'some-id', { retry: RETRY, ...options });
  return { open, requests };
}

describe('a download', () => {
  test('tells what it is, and gives its bytes in every form', async () => {
    const { open } = serve();
    const download = await open();
    const { sizeBytes, sha256, contentType } = download;
    expect({ sizeBytes, sha256, contentType }).toEqual({
      sizeBytes: 1000,
      sha256: SHA256,
      contentType: 'text/x-test',
    });
    await expect(download.bytes()).resolves.toEqual(BYTES);
    const blob = await (await open()).blob();
    expect([blob.type, new Uint8Array(await blob.arrayBuffer())]).toEqual(['text/x-test', BYTES]);
    const parts: Uint8Array[] = [];
    for await (const part of (await open()).stream()) parts.push(part);
    expect(Buffer.concat(parts).equals(BYTES)).toBe(true);
  });

  test('is asked for again while the server is away for a moment, and not when it refuses', async () => {
    const away = serve({ statuses: [503, 429] });
    await expect((await away.open()).bytes()).resolves.toEqual(BYTES);
    const refusing = serve({ statuses: [400] });
    await expect(refusing.open()).rejects.toMatchObject({ code: 'bad_response', status: 400 });
    expect([away.requests.length, refusing.requests.length]).toEqual([3, 1]);
  });

  test('goes on where its connection broke', async () => {
    const { open, requests } = serve({ cutAfter: 400 });
    const seen: number[] = [];
    const download = await open({ onProgress: (bytes) => seen.push(bytes) });
    await expect(download.bytes()).resolves.toEqual(BYTES);
    expect(requests).toEqual([undefined, 'bytes=400-', 'bytes=800-']);
    expect(seen.at(-1)).toBe(1000);
  });

  test('a part is asked for, and gone on with, as a part', async () => {
    const { open, requests } = serve({ cutAfter: 200 });
    const part = await open({ range: { start: 50, end: 350 } });
    expect(part.sizeBytes).toBe(1000);
    await expect(part.bytes()).resolves.toEqual(BYTES.subarray(50, 350));
    expect(requests).toEqual(['bytes=50-349', 'bytes=250-349']);
    await expect((await open({ range: { start: 990, end: 5000 } })).bytes()).resolves.toEqual(
      BYTES.subarray(990),
    );
  });

  test('never mixes two contents of a file', async () => {
    const { open } = serve({ cutAfter: 400, contents: [BYTES, new Uint8Array(1000)] });
    await expect((await open()).bytes()).rejects.toMatchObject({ code: 'source_changed' });
  });

  test('what does not have the sha256 it should have ends before its last block', async () => {
    const damaged = BYTES.slice();
    damaged[999] = 1;
    const { open } = serve();
    const lying = async (verify?: boolean) => {
      const download = await openDownload(
        {
          createSha256,
          server: {
            url: 'http://server.test',
            accessToken: () => Promise.resolve(''),
            rejectAccessToken: () => {},
          },
          openContent: async () => ({
            status: 200,
            header: (name) => (name === 'etag' ? `"${SHA256}"` : name === 'content-length' ? '1000' : null),
            text: () => Promise.resolve(''),
            cancel: () => {},
            async *blocks() {
              yield damaged.subarray(0, 900);
              yield damaged.subarray(900);
            },
          }),
        },
        'some-id',
        verify === undefined ? {} : { verify },
      );
      let received = 0;
      for await (const block of download) received += block.byteLength;
      return received;
    };
    await expect(lying()).rejects.toMatchObject({ code: 'checksum_mismatch' });
    await expect(lying(false)).resolves.toBe(1000);
    await expect((await open({ verify: true })).bytes()).resolves.toEqual(BYTES);
  });

  test.each([
    [{ start: -1 }],
    [{ start: 1.5 }],
    [{ start: 5, end: 5 }],
    [{ start: 5, end: 4 }],
    [{ start: Number.NaN }],
  ])('the range %j is refused before anything is asked', async (range) => {
    const { open, requests } = serve();
    await expect(open({ range })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(requests).toEqual([]);
  });

  test('a part that is to be verified is refused', async () => {
    const { open } = serve();
    // @ts-expect-error -- what JavaScript may ask
    await expect(open({ range: { start: 0 }, verify: true })).rejects.toThrow('can not be verified');
  });

  test('headers that a browser may not show are named', async () => {
    const { open } = serve({ hides: 'etag' });
    await expect(open()).rejects.toThrow(/does not tell .* \(ETag\)/);
  });
});
