import { ConfigError, loadConfig, unsetEmpty } from '@instashare/backend/config';
import { isStorageError } from '@instashare/backend/errors';
import { onShutdown } from '@instashare/backend/lifecycle';
import { createLog } from '@instashare/backend/log';
import { composeApi } from './compose.ts';

const SHUTDOWN_TIMEOUT_MS = 12_000;

async function main(): Promise<void> {
  unsetEmpty(process.env);
  const config = loadConfig(process.env);
  const log = createLog({ name: 'api', level: config.logLevel });
  const api = await composeApi(config, log);
  onShutdown(() => api[Symbol.asyncDispose](), {
    log,
    timeoutMs: SHUTDOWN_TIMEOUT_MS,
    supervised: config.supervised,
  });
  const port = await api.listen();
  log.info({ host: config.host, port }, 'listening');
  process.send?.({ type: 'ready', port });
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || isStorageError(error) || (error instanceof Error && 'code' in error);
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
