import type { TransportBody } from '../upload/transport.ts';

/** The whole body: a browser sends no body that is made while it is sent. */
export async function gatherBody(body: TransportBody): Promise<Uint8Array<ArrayBuffer>> {
  const gathered = new Uint8Array(body.sizeBytes);
  let filled = 0;
  for await (const block of body.blocks()) {
    gathered.set(block, filled);
    filled += block.byteLength;
  }
  return gathered;
}
