import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenLocally } from './listen.ts';

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  server.close();
  await once(server, 'close');
  return port;
}
