import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { listenLocally } from './listen.ts';

/** A line to a server that can be cut. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Cuts the next connections, each after so many bytes in the direction given, one after the other. */
  cutAfter(direction: 'up' | 'down', bytes: readonly number[]): void;
  /** How many planned cuts have not happened yet. */
  readonly cutsLeft: number;
  /** Bytes that went to the server, headers included. */
  readonly bytesUp: number;
  /** Refuses connections and drops those there are, until it is up again. */
  setDown(isDown: boolean): void;
}

export async function startCuttingProxy(targetPort: () => number): Promise<CuttingProxy> {
  const cuts: Record<'up' | 'down', number[]> = { up: [], down: [] };
  const sockets = new Set<Socket>();
  const count = { up: 0, down: 0 };
  let isDown = false;
  let plans = 0;

  /** Passes bytes on, and cuts as soon as this connection has carried as many as the next cut says. */
  async function* carry(direction: 'up' | 'down', from: Socket): AsyncGenerator<Buffer> {
    let carried = 0;
    let plan = plans;
    const parts: AsyncIterable<Buffer> = from;
    for await (const bytes of parts) {
      // Connections are kept open: what one carried before the cut was planned does not count.
      if (plan !== plans) carried = 0;
      plan = plans;
      const [limit] = cuts[direction];
      if (limit !== undefined && carried + bytes.byteLength > limit) {
        cuts[direction].shift();
        yield bytes.subarray(0, limit - carried);
        // The sender is reset at once. The receiver gets an end behind the last byte: a reset would take with it what it
        // has not read yet, which is more or less by the load of the machine.
        from.resetAndDestroy();
        return;
      }
      carried += bytes.byteLength;
      count[direction] += bytes.byteLength;
      yield bytes;
    }
  }

  const server = createServer((client) => {
    if (isDown) {
      client.destroy();
      return;
    }
    const upstream = connect(targetPort(), '127.0.0.1');
    const drop = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', drop);
      socket.on('close', () => sockets.delete(socket));
    }
    void pipeline(carry('up', client), upstream).catch(drop);
    void pipeline(carry('down', upstream), client).catch(drop);
  });
  const port = await listenLocally(server);

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    cutAfter(direction, bytes) {
      plans += 1;
      cuts[direction].push(...bytes);
    },
    get cutsLeft() {
      return cuts.up.length + cuts.down.length;
    },
    get bytesUp() {
      return count.up;
    },
    setDown(down) {
      isDown = down;
      if (down) for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
