import { once } from 'node:events';
import { createServer } from 'node:net';
import { codeOf, describe, StartError } from './start-error.ts';

/** Returns the port to listen on: `port`, which must be free, or any free one when that is 0. */
export async function claimPort(host: string, port: number): Promise<number> {
  await using server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  } catch (error) {
    throw new StartError(explain(error, host, port), { cause: error });
  }
}

function explain(error: unknown, host: string, port: number): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. PORT chooses another, as in: PORT=${port + 1} npm start`;
    case 'EACCES':
      return `Port ${port} may not be used by this user. PORT chooses another, as in: PORT=8321 npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is ${host}, which is no address of this machine.`;
    default:
      return `Port ${port} on ${host} cannot be used: ${describe(error)}.`;
  }
}
