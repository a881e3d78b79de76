import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { constants, zstdCompressSync } from 'node:zlib';
import {
  type ContentLocation,
  encodeSeekTable,
  type Frame,
  frameChecksum,
} from '@instashare/backend/content';
import { createDiskObjectStore, type ObjectStore } from '@instashare/backend/storage';
import { expect } from 'vitest';

export interface World extends AsyncDisposable {
  /** The disk store, with every stream that it handed out. */
  readonly store: Pick<ObjectStore, 'read'>;
  readonly opened: readonly Readable[];
  put(key: string, bytes: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
}

export async function openWorld(): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'content-')));
  const disk = opening.use(
    createDiskObjectStore({
      root: folder.path,
      publicUrl: 'http://x',
      urlSecret: 'x'.repeat(32),
      reserveBytes: 0,
    }),
  );
  const opened: Readable[] = [];
  const resources = opening.move();
  return {
    opened,
    store: {
      async read(key, options) {
        const stream = await disk.read(key, options);
        opened.push(stream);
        return stream;
      },
    },
    async put(key, bytes) {
      await disk.put(key, Readable.from([bytes]));
    },
    remove: (key) => disk.delete(key),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export const compressed = (bytes: Buffer) =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });

/** As the worker writes content that is larger than a frame. */
export function seekable(content: Buffer, frameBytes: number): Buffer {
  const frames: Buffer[] = [];
  const sizes: Frame[] = [];
  for (let at = 0; at < content.length; at += frameBytes) {
    const part = content.subarray(at, at + frameBytes);
    const frame = compressed(part);
    frames.push(frame);
    sizes.push({ storedBytes: frame.length, contentBytes: part.length, ...frameChecksum(frame) });
  }
  return Buffer.concat([...frames, encodeSeekTable(sizes)]);
}

export const zstdAt = (key: string, content: Buffer, stored: Buffer): ContentLocation => ({
  key,
  encoding: 'zstd',
  sizeBytes: content.length,
  storedBytes: stored.length,
});
export const identityAt = (key: string, content: Buffer): ContentLocation => ({
  key,
  encoding: 'identity',
  sizeBytes: content.length,
  storedBytes: content.length,
});

export const reason = (name: string): unknown => expect.objectContaining({ reason: name });
