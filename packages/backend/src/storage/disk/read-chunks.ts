import { finished, type Readable } from 'node:stream';

/** How the reading of a body ended; `stopped`: by `take`, before its end. */
export type BodyEnd =
  | { readonly ended: 'whole' }
  | { readonly ended: 'stopped' }
  | { readonly ended: 'broken'; readonly cause: unknown };

/**
 * Does something with a chunk, and says how it goes on: at once, when the promise is kept, or not at all. The reading
 * rejects when the promise does.
 */
export type TakeChunk = (chunk: Buffer) => null | Promise<unknown> | 'stop';

/**
 * Hands each chunk of `body` to `take`. A body that is not read to its end is paused, and otherwise left as it was.
 * By events, since iterating over a stream costs more, and copies what has gathered meanwhile.
 */
export function readChunks(body: Readable, take: TakeChunk): Promise<BodyEnd> {
  return new Promise((resolve, reject) => {
    let taken: Promise<unknown> = Promise.resolve();
    const leave = () => {
      body.off('data', onData);
      unwatch();
    };
    const stop = () => {
      leave();
      body.pause();
    };
    const onData = (chunk: Buffer) => {
      const turn = take(chunk);
      if (turn === null) return;
      if (turn === 'stop') {
        stop();
        resolve({ ended: 'stopped' });
        return;
      }
      body.pause();
      taken = turn.then(
        () => body.resume(),
        (error: Error) => {
          stop();
          reject(error);
        },
      );
    };
    const unwatch = finished(body, { writable: false }, (cause) => {
      leave();
      // The end does not wait for the last chunk to be taken.
      void taken.then(() => resolve(cause ? { ended: 'broken', cause } : { ended: 'whole' }));
    });
    body.on('data', onData);
    body.resume();
  });
}
