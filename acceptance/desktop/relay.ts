/** A slow connection to a server: what comes from it is let through no faster than is wanted. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** null: as fast as it goes. */
  bytesPerSecond: number | null;
}

export async function openRelay(server: string): Promise<Relay> {
  const { hostname, port } = new URL(server);
  const listener = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far);
    far.on('data', (block) => {
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
    bytesPerSecond: null,
    async [Symbol.asyncDispose]() {
      listener.close();
      await Promise.resolve();
    },
  };
  return relay;
}
