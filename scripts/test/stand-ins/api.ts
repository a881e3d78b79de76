import { once } from 'node:events';
import { createServer } from 'node:http';
import { endInOrder, isTold, note } from './program.ts';

if (isTold('api-fails')) process.exit(3);
const server = createServer((request, response) => {
  response.statusCode = request.url === '/readyz' ? 200 : 404;
  response.end();
});
endInOrder('api', async () => {
  server.closeAllConnections();
  server.close();
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
await once(server, 'listening');
console.log(JSON.stringify({ msg: 'listening', secret: (process.env['AUTH_SECRET'] ?? '').length }));
note(`api started ${process.pid}`);
process.send?.({ type: 'ready' });
