import { loadConfig } from '@instashare/backend/config';
import { createLog } from '@instashare/backend/log';
import { createJobQueue, JOB_NAMES } from '@instashare/backend/queue';
import { figuresOf, readFigures } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { composeWorker } from '../../src/compose.ts';
import { openWorkerWorld, text } from '../support/world.ts';

const log = createLog({ name: 'test', level: 'silent' });

test('what a worker did is in its figures, exactly', async () => {
  await using world = await openWorkerWorld();
  await using queue = await createJobQueue({ databaseUrl: world.databaseUrl, redisUrl: null, log });
  const config = loadConfig({
    DATABASE_URL: world.databaseUrl,
    DATABASE_POOL_SIZE: '4',
    INSTASHARE_DATA_DIR: world.dataDir,
    AUTH_SECRET: 'x'.repeat(32),
    WORKER_METRICS_PORT: '0',
    SWEEP_INTERVAL_SECONDS: '3600',
  });
  await using worker = await composeWorker(config, log);
  const url = `http://127.0.0.1:${worker.metricsPort}`;
  const good = await world.store(text(50_000));
  const damaged = await world.store(text(1000), { sha256: '0'.repeat(64) });
  await queue.enqueue('compress-blobs', { blobIds: [good, damaged] });

  const read = () => readFigures(`${url}/metrics`);
  await expect
    .poll(async () => figuresOf(await read(), 'instashare_job_duration_seconds_count'))
    .toMatchObject({ 'job=compress-blobs,outcome=completed': 1 });
  const figures = await read();
  expect(figuresOf(figures, 'instashare_blobs_settled_total')).toEqual({
    'outcome=ready': 1,
    'outcome=failed': 1,
    'outcome=duplicate': 0,
  });
  const { storedBytes } = await world.blob(good);
  expect(storedBytes).toBeLessThan(50_000);
  expect(figures.get('instashare_compressed_content_bytes_total')).toBe(50_000);
  expect(figures.get('instashare_compressed_stored_bytes_total')).toBe(storedBytes);
  const jobs = JOB_NAMES.map((name) => [`job=${name}`, 0]);
  expect(figuresOf(figures, 'instashare_jobs_stalled_total')).toEqual(Object.fromEntries(jobs));
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, JSON.parse(await ready.text())]).toEqual([
    200,
    { status: 'ok', database: 'ok', queue: 'ok', objects: 'ok' },
  ]);
});
