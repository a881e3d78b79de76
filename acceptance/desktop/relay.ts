/** A connection to a server that can be slow in what comes from it, and be cut; what goes to it is counted. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** Where it leads. */
  server: string;
  /** null: as fast as it goes. */
  bytesPerSecond: number | null;
  /** How much was sent to the server so far. */
  readonly sentBytes: number;
  /** From now on nothing goes through the connections that there are, and nobody is told: as after sleep. */
  readonly freeze: () => void;
  /** Ends all connections that there are. */
  readonly cut: () => void;
  /** Until when nothing is let through. */
  heldUntil: Promise<void> | null;
  /** As when the server is away, for those who are connected too. */
  setCut(isCut: boolean): void;
}

export async function openRelay(server: string): Promise<Relay> {
  const open = new Set<Socket>();
  let sentBytes = 0;
  let isAway = false;
  const cut = () => {
    for (const near of open) near.destroy();
  };
  const listener = createServer((near) => {
    if (isAway) {
      near.destroy();
      return;
    }
    const { hostname, port } = new URL(relay.server);
    const far = connect(Number(port), hostname);
    open.add(near);
    near.on('close', () => open.delete(near));
    near.on('data', (block) => (sentBytes += block.byteLength));
    near.pipe(far);
    far.on('data', (block) => {
      if (relay.heldUntil !== null) {
        far.pause();
        void relay.heldUntil.then(() => {
          near.write(block);
          far.resume();
        });
        return;
      }
      near.write(block);
      if (relay.bytesPerSecond === null) return;
      far.pause();
      setTimeout(() => far.resume(), (block.byteLength / relay.bytesPerSecond) * 1000);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  const relay: Relay = {
    url: `http://127.0.0.1:${address.port}`,
    server,
    bytesPerSecond: null,
    get sentBytes() {
      return sentBytes;
    },
    freeze() {
      for (const near of open) near.unpipe().pause();
    },
    cut,
    heldUntil: null,
    setCut(wanted) {
      isAway = wanted;
      if (isAway) cut();
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      cut();
      await Promise.resolve();
    },
  };
  return relay;
}
