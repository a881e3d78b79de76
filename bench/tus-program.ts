/** The tus server that uploads are measured against, as its documentation starts it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { z } from 'zod';

const startSchema = z.object({ directory: z.string() });

async function start({ directory }: z.infer<typeof startSchema>): Promise<{ readonly url: string }> {
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
  const server = createServer((request, response) => void tus.handle(request, response));
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}/files` };
}

process.once('disconnect', () => process.exit());
process.once('message', (message) => {
  void start(startSchema.parse(message)).then((started) => process.send?.(started));
});
