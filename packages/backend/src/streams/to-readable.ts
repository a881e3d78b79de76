import { Readable } from 'node:stream';

/**
 * A stream of what a generator gives. Unlike one by `Readable.from`, it is closed the moment that it is destroyed and
 * does not first wait for what the generator waits for (a disk, a network): `onDestroy` may end that. Left out, the
 * generator is wound up behind it.
 */
export function toReadable(
  chunks: AsyncGenerator<Buffer>,
  onDestroy: (error: Error | null) => void = () => void windUp(chunks),
): Readable {
  return new Readable({
    read() {
      chunks.next().then(
        ({ done, value }) => {
          if (!this.destroyed) this.push(done === true ? null : value);
        },
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, callback) {
      onDestroy(error);
      callback(error);
    },
  });
}

async function windUp(chunks: AsyncGenerator<Buffer>): Promise<void> {
  try {
    await chunks.return(undefined);
  } catch {
    // Its failure came by `read`, and there is nobody left to tell of another.
  }
}
