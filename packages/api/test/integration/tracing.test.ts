/** One trace from the request that uploads a file to the job that compresses it, in another process. */
import {
  isRedisInstalled,
  type ReceivedSpan,
  startRedis,
  startTraceCollector,
  type TraceCollector,
} from '@instashare/backend/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startWorker } from '../support/server-programs.ts';
import { startTestApi } from '../support/test-api.ts';

const CONTENT = 'a line that shrinks\n'.repeat(1000);
const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const TRACEPARENT = `00-${CALLER.traceId}-${CALLER.spanId}-01`;

/** Uploads a file, has it compressed, and ends api and worker, which send what spans they have. */
async function uploadAndCompress(environment: Record<string, string> = {}): Promise<void> {
  await using api = await startTestApi(environment);
  await using worker = await startWorker(api);
  expect(worker).toBeDefined();
  const { token } = await api.register();
  const form = new FormData();
  form.append('file', new Blob([CONTENT]), 'secret name.txt');
  const headers = { traceparent: TRACEPARENT };
  const { body } = await api.request('POST', '/upload_files', { token, body: form, headers });
  const id = body.files[0]?.id ?? '';
  const status = async () => (await api.request('GET', `/files/${id}`, { token })).text;
  await expect.poll(status).toContain('"status":"ready"');
}

const nameAndParent = (spans: readonly ReceivedSpan[]) => (span: ReceivedSpan) => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [`${span.service}: ${span.name}`, parent?.name ?? span.parentSpanId];
};

function expectOneTrace(spans: readonly ReceivedSpan[]): void {
  const trace = spans.filter(({ traceId }) => traceId === CALLER.traceId);
  const steps = trace.map(nameAndParent(trace));
  expect(steps).toEqual(
    expect.arrayContaining([
      ['instashare-api: POST /upload_files', CALLER.spanId],
      ['instashare-api: store put', 'POST /upload_files'],
      ['instashare-api: statement commit', 'POST /upload_files'],
      ['instashare-api: enqueue compress-blobs', 'POST /upload_files'],
      ['instashare-worker: run compress-blobs', 'enqueue compress-blobs'],
      ['instashare-worker: store read', 'run compress-blobs'],
      ['instashare-worker: statement update', 'run compress-blobs'],
    ]),
  );
  // Other requests, and the worker's sweeps, are traces of their own.
  expect(steps.filter(([name]) => name?.includes('GET /files/'))).toEqual([]);
  expect(spans.map(({ name }) => name)).toContain('GET /files/{id}');
  expect(spans.map(({ name }) => name)).toContain('run sweep');
  expect(JSON.stringify(spans)).not.toContain('secret name');
}

let collector: TraceCollector;

beforeEach(async () => {
  collector = await startTraceCollector();
});

afterEach(() => collector[Symbol.asyncDispose]());

/** For us, and for OpenTelemetry, which reads it itself. */
function traced(): Record<string, string> {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return environment;
}

test('a trace goes on through the queue in PostgreSQL', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20collector');
  await uploadAndCompress(traced());
  expectOneTrace(collector.spans);
  expect(new Set(collector.requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
  expect(collector.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer collector',
    'content-type': 'application/x-protobuf',
  });
});

test.runIf(isRedisInstalled())('a trace goes on through the queue in Redis', async () => {
  await using redis = await startRedis();
  vi.stubEnv('REDIS_URL', redis.url);
  await uploadAndCompress({ ...traced(), REDIS_URL: redis.url });
  expectOneTrace(collector.spans);
});

test('a collector that is gone is in nobody’s way', async () => {
  const environment = traced();
  await collector[Symbol.asyncDispose]();
  // Rejects when the file is not compressed.
  await expect(uploadAndCompress(environment)).resolves.toBeUndefined();
  collector = await startTraceCollector();
});
