/** A process of which a part hangs when it is to end. */
import { onShutdown } from '@instashare/backend/lifecycle';
import { createLog } from '@instashare/backend/log';

onShutdown(() => new Promise<void>(() => {}), {
  log: createLog({ name: 'hanging', level: 'info' }),
  timeoutMs: 100,
  supervised: true,
});
process.send?.('ready');
