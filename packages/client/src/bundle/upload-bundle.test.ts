import { createHash } from 'node:crypto';
import {
  type BundleManifest,
  bundleManifestSchema,
  type FileDto,
  MAX_BUNDLE_FILES,
  MAX_BUNDLED_FILE_BYTES,
} from '@instashare/contracts';
import { describe, expect, test } from 'vitest';
import { createSha256 } from '../node/sha256.ts';
import type { Transport, TransportResponse } from '../upload/transport.ts';
import type { BundleFile, BundleOptions } from './bundle-options.ts';
import { uploadBundle } from './upload-bundle.ts';

const RETRY = { baseMs: 1, capMs: 2, stalledAfterMs: 1_000 };

const fileOf = (path: string): FileDto => ({
  id: '0197b6a0-0000-7000-8000-000000000001',
  path,
  sizeBytes: 1,
  sha256: '',
  contentType: 'text/plain',
  status: 'stored',
  failure: null,
  encoding: 'identity',
  storedBytes: 1,
  version: 1,
  modifiedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

interface Sent {
  readonly manifest: BundleManifest;
  readonly contents: string;
  readonly authorization: string | undefined;
}

type Answer = (sent: Sent) => { readonly status: number; readonly body: unknown };

const allStored: Answer = ({ manifest }) => ({
  status: 200,
  body: { results: manifest.entries.map(({ path }) => ({ file: fileOf(path), alreadyStored: false })) },
});
const refused =
  (status: number, code: string): Answer =>
  () => ({ status, body: { code, message: code } });

/** A server that gives these answers, one after the other, and then stores everything. */
function setUp(...answers: Answer[]) {
  const sent: Sent[] = [];
  let tokens = 1;
  const transport: Transport = async ({ headers, body, url }): Promise<TransportResponse> => {
    expect(url).toBe('http://server.test/bundles');
    const blocks: Buffer[] = [];
    // Copied: the sender may reuse its buffers.
    for await (const block of body?.blocks() ?? []) blocks.push(Buffer.from(block));
    const bytes = Buffer.concat(blocks);
    expect(bytes.byteLength).toBe(body?.sizeBytes);
    const end = 4 + bytes.readUInt32BE();
    const manifest = bundleManifestSchema.parse(JSON.parse(bytes.toString('utf8', 4, end)));
    sent.push({ manifest, contents: bytes.toString('utf8', end), authorization: headers['authorization'] });
    const last = sent.at(-1);
    const answer = last === undefined ? null : (answers.shift() ?? allStored)(last);
    return { status: answer?.status ?? 0, header: () => null, body: JSON.stringify(answer?.body) };
  };
  const server = {
    url: 'http://server.test',
    accessToken: () => Promise.resolve(`token-${tokens}`),
    rejectAccessToken: () => {
      tokens += 1;
    },
  };
  const run = (files: readonly BundleFile[], options: BundleOptions = {}) =>
    uploadBundle({ server, transport, createSha256 }, files, { retry: RETRY, ...options });
  return { run, sent };
}

const text = (path: string, content: string): BundleFile => ({ path, bytes: Buffer.from(content) });
const sha256Of = (content: string) => createHash('sha256').update(content).digest('hex');

test('the manifest, then the contents, one behind the other; the results in the order of the files', async () => {
  const { run, sent } = setUp();
  const large = 'L'.repeat(300_000);
  const modifiedAt = new Date('2026-01-02T03:04:05.678Z');
  const results = await run([
    { ...text('a', 'first'), modifiedAt, contentType: 'text/plain' },
    text('large', large),
    text('empty', ''),
    text('b', 'last'),
  ]);
  expect(sent).toEqual([
    {
      authorization: 'Bearer token-1',
      contents: `first${large}last`,
      manifest: {
        entries: [
          {
            path: 'a',
            sizeBytes: 5,
            sha256: sha256Of('first'),
            modifiedAt: '2026-01-02T03:04:05.678Z',
            contentType: 'text/plain',
          },
          { path: 'large', sizeBytes: 300_000, sha256: sha256Of(large) },
          { path: 'empty', sizeBytes: 0, sha256: sha256Of('') },
          { path: 'b', sizeBytes: 4, sha256: sha256Of('last') },
        ],
      },
    },
  ]);
  expect(results.map((result) => 'file' in result && [result.file.path, result.sha256])).toEqual([
    ['a', sha256Of('first')],
    ['large', sha256Of(large)],
    ['empty', sha256Of('')],
    ['b', sha256Of('last')],
  ]);
});

test('no files cost no request', async () => {
  const { run, sent } = setUp();
  expect([await run([]), sent]).toEqual([[], []]);
});

test('C17: a time that no date can say is left out, and does not refuse the bundle', async () => {
  const { run, sent } = setUp();
  await run(
    ['+275760-09-13T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', 'no time'].map((time) => ({
      ...text(time, ''),
      modifiedAt: new Date(time),
    })),
  );
  expect(sent[0]?.manifest.entries.map(({ modifiedAt }) => modifiedAt)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('what the server refuses of one file is told of that file', async () => {
  const { run } = setUp(() => ({
    status: 200,
    body: {
      results: [
        { error: { code: 'invalid_input', message: 'no', issues: [{ path: ['path'], message: 'no' }] } },
        { file: fileOf('b'), alreadyStored: true },
      ],
    },
  }));
  const results = await run([text('../a', ''), text('b', '')]);
  expect(results).toMatchObject([
    { error: { code: 'invalid_input', issues: [{ path: ['path'] }] } },
    { file: { path: 'b' }, alreadyStored: true },
  ]);
});

test('asked to link first, it sends only what the account has not', async () => {
  const unknown = { error: { code: 'content_unknown', message: 'send it' } };
  const { run, sent } = setUp(() => ({
    status: 200,
    body: { results: [{ file: fileOf('a'), alreadyStored: true }, unknown] },
  }));
  const results = await run([text('a', 'known'), text('b', 'new')], { linkFirst: true });
  expect(sent.map(({ contents }) => contents)).toEqual(['', 'new']);
  expect(results).toMatchObject([
    { file: { path: 'a' }, sentBytes: 0 },
    { file: { path: 'b' }, sentBytes: 3 },
  ]);
});

describe('the whole bundle', () => {
  test('is sent again after a failure that passes', async () => {
    const { run, sent } = setUp(refused(503, 'unavailable'), refused(500, 'internal_error'));
    await run([text('a', 'A')]);
    expect(sent.map(({ contents }) => contents)).toEqual(['A', 'A', 'A']);
  });

  test('is sent again with a new token when the old one is refused', async () => {
    const { run, sent } = setUp(refused(401, 'access_token_expired'));
    await run([text('a', 'A')]);
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test.each([
    ['quota_exceeded', refused(507, 'quota_exceeded')],
    ['bad_response', () => ({ status: 200, body: { results: [] } })],
    ['bad_response', () => ({ status: 200, body: 'hello' })],
  ] satisfies [string, Answer][])('fails at once with %s', async (code, answer) => {
    const { run, sent } = setUp(answer);
    await expect(run([text('a', 'A')])).rejects.toMatchObject({ code });
    expect(sent).toHaveLength(1);
  });
});

test.each([
  ['too many files', Array.from({ length: MAX_BUNDLE_FILES + 1 }, (_, index) => text(`${index}`, ''))],
  ['a file that is too large', [{ path: 'a', bytes: new Uint8Array(MAX_BUNDLED_FILE_BYTES + 1) }]],
  [
    'too much in all',
    Array.from({ length: 200 }, (_, index) => ({
      path: `${index}`,
      bytes: new Uint8Array(MAX_BUNDLED_FILE_BYTES),
    })),
  ],
  ['paths that are too long', Array.from({ length: 900 }, () => text('/'.repeat(3_000), ''))],
])('%s is refused before anything is sent', async (_what, files) => {
  const { run, sent } = setUp();
  await expect(run(files)).rejects.toMatchObject({ code: 'payload_too_large' });
  expect(sent).toEqual([]);
});
