/**
 * Reading content: from a blob's location in the object store to the bytes the user uploaded, decoded on the
 * way, whole or from any byte to any byte. The one decoder of downloads and of the worker's verification, so that
 * what was verified is what is served; `decodeStored` hands it what is in memory. Writing encoded content is the
 * worker's; the format of the seek table, which both sides must agree on, stands here.
 */

export { decodeStored } from './decode-stored.ts';
export { EMPTY_CHECKSUM, frameChecksum } from './frame-checksum.ts';
export { type ContentLocation, type OpenContentOptions, openContent } from './open-content.ts';
export {
  encodeSeekTable,
  type Frame,
  looksLikeSeekTable,
  MAX_FRAME_CONTENT_BYTES,
  plainHeader,
} from './seek-table.ts';
