/** A process whose parent is gone before it gets to listen for that, as when it is still being composed. */
import { setTimeout as delay } from 'node:timers/promises';
import { onShutdown } from '@instashare/backend/lifecycle';
import { createLog } from '@instashare/backend/log';

const work = setInterval(() => {}, 60_000);
while (process.connected) await delay(5);
onShutdown(async () => clearInterval(work), {
  log: createLog({ name: 'late', level: 'info' }),
  timeoutMs: 5_000,
  supervised: true,
});
