import type { BundleEntry, BundleManifest } from '@instashare/contracts';
import {
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_FILES,
  MAX_BUNDLE_MANIFEST_BYTES,
  MAX_BUNDLED_FILE_BYTES,
} from '@instashare/contracts/rules';
import { InstashareError } from '../errors/instashare-error.ts';
import type { CreateSha256 } from '../upload/incremental-hash.ts';
import { modifiedAtText } from '../upload/modified-at-text.ts';
import type { TransportBody } from '../upload/transport.ts';
import type { BundleFile } from './bundle-options.ts';

/** The length of the manifest stands before it, as an unsigned 32-bit number, most significant byte first. */
const LENGTH_BYTES = 4;
/** Contents are gathered into blocks of this size: a write for each of a thousand small ones would cost more. */
const BLOCK_BYTES = 128 * 1024;

export interface FramedBundle {
  readonly entries: readonly BundleEntry[];
  readonly body: TransportBody;
}

/**
 * The body of `POST /bundles`, or, with `linkOnly`, one that asks for known content to be linked. Throws
 * `payload_too_large` for more than one bundle may hold.
 */
export function frameBundle(
  files: readonly BundleFile[],
  { createSha256, linkOnly }: { readonly createSha256: CreateSha256; readonly linkOnly: boolean },
): FramedBundle {
  const contentBytes = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  requireAtMost(MAX_BUNDLE_FILES, files.length, 'files');
  requireAtMost(MAX_BUNDLE_BYTES, contentBytes, 'bytes of content');
  const entries = files.map((file) => {
    const entry = toEntry(file, createSha256);
    return linkOnly ? { ...entry, linkOnly } : entry;
  });
  const manifest: BundleManifest = { entries };
  const manifestBytes = new TextEncoder().encode(JSON.stringify(manifest));
  requireAtMost(MAX_BUNDLE_MANIFEST_BYTES, manifestBytes.byteLength, 'bytes of paths and times');
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, manifestBytes.byteLength);
  const contents = linkOnly ? [] : files.map(({ bytes }) => bytes);
  const sizeBytes = LENGTH_BYTES + manifestBytes.byteLength + (linkOnly ? 0 : contentBytes);
  const parts = [length, manifestBytes, ...contents];
  return { entries, body: { sizeBytes, blocks: () => blocksOf(parts, sizeBytes) } };
}

function requireAtMost(most: number, actual: number, what: string): void {
  if (actual <= most) return;
  throw new InstashareError('payload_too_large', `A bundle may hold ${most} ${what}, not ${actual}`);
}

function toEntry(file: BundleFile, createSha256: CreateSha256): BundleEntry {
  const { path, bytes, contentType } = file;
  if (bytes.byteLength > MAX_BUNDLED_FILE_BYTES) {
    const message = `A file in a bundle may have ${MAX_BUNDLED_FILE_BYTES} bytes: ${path} has ${bytes.byteLength}`;
    throw new InstashareError('payload_too_large', message);
  }
  const modifiedAt = modifiedAtText(file.modifiedAt);
  return {
    path,
    sizeBytes: bytes.byteLength,
    sha256: file.sha256 ?? hashOf(bytes, createSha256),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function hashOf(bytes: Uint8Array, createSha256: CreateSha256): string {
  const sha256 = createSha256();
  sha256.update(bytes);
  return sha256.digestHex();
}

/** The parts one behind the other: small ones gathered in one buffer, large ones as they are. */
async function* blocksOf(parts: readonly Uint8Array[], sizeBytes: number): AsyncGenerator<Uint8Array> {
  const gathered = new Uint8Array(Math.min(BLOCK_BYTES, sizeBytes));
  let filled = 0;
  for (const part of parts) {
    if (filled + part.byteLength > gathered.byteLength) {
      if (filled > 0) yield gathered.subarray(0, filled);
      filled = 0;
    }
    if (part.byteLength >= gathered.byteLength) {
      yield part;
    } else {
      gathered.set(part, filled);
      filled += part.byteLength;
    }
  }
  if (filled > 0) yield gathered.subarray(0, filled);
}
