import { setFlagsFromString } from 'node:v8';
import { ConfigError, loadConfig, unsetEmpty } from '@instashare/backend/config';
import { isStorageError } from '@instashare/backend/errors';
import { onShutdown } from '@instashare/backend/lifecycle';
import { createLog } from '@instashare/backend/log';
import { composeWorker } from './compose.ts';
import { yieldToOthers } from './yield-to-others.ts';

const SHUTDOWN_TIMEOUT_MS = 12_000;
/** Threads of the pool for the disk, for decoding and for a frame more, beside those that compress. */
const OTHER_THREADS = 5;

// Frames lie outside V8's heap, and by default it goes through all of its heap for every 64 MiB of them: for large content
// that was a fifth of the worker's time. So they count as a part of the heap, whose limit grows with it.
setFlagsFromString('--external-memory-accounted-in-global-limit');

async function main(): Promise<void> {
  unsetEmpty(process.env);
  const config = loadConfig(process.env);
  yieldToOthers();
  // Before anything uses the pool: its size is fixed from then on.
  process.env['UV_THREADPOOL_SIZE'] ??= String(config.worker.concurrency + OTHER_THREADS);
  const log = createLog({ name: 'worker', level: config.logLevel });
  const worker = await composeWorker(config, log);
  onShutdown(() => worker[Symbol.asyncDispose](), {
    log,
    timeoutMs: SHUTDOWN_TIMEOUT_MS,
    supervised: config.supervised,
  });
  log.info({ concurrency: config.worker.concurrency }, 'taking jobs');
  process.send?.({ type: 'ready' });
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || isStorageError(error) || (error instanceof Error && 'code' in error);
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
