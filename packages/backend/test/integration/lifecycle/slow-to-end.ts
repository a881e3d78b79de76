/** A process that is done with ending once it is told so. `supervised` as its argument: it has a supervisor. */
import { once } from 'node:events';
import { onShutdown } from '@instashare/backend/lifecycle';
import { createLog } from '@instashare/backend/log';

const log = createLog({ name: 'slow', level: 'info' });
onShutdown(() => once(process, 'message').then(() => {}), {
  log,
  timeoutMs: 10_000,
  supervised: process.argv[2] === 'supervised',
});
process.on('SIGTERM', () => log.info('heard'));
process.send?.('ready');
