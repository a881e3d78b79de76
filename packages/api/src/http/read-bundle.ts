import { errors } from '@instashare/backend/errors';
import {
  type BundleEntry,
  bundleManifestSchema,
  bytesInBundle,
  MAX_BUNDLE_BYTES,
  MAX_BUNDLE_MANIFEST_BYTES,
} from '@instashare/contracts';

/** The length of the manifest, an unsigned 32-bit number. */
const LENGTH_BYTES = 4;

export interface BundleBody {
  readonly entries: readonly BundleEntry[];
  /**
   * The contents of the entries that have one in the body, one behind the other, cut as they come; to be read once.
   * Fails with `request_aborted` when the body ends early and with `size_mismatch` when it goes on behind the last one.
   */
  readonly contents: AsyncGenerator<Buffer>;
}

/**
 * Reads the manifest of a bundle; what follows are the contents of its entries. In memory are the manifest and
 * what of the body comes at a time. Rejects with `invalid_input` or `payload_too_large`.
 */
export async function readBundle(body: AsyncIterable<Buffer>): Promise<BundleBody> {
  const take = createTake(body);
  const manifestBytes = (await take(LENGTH_BYTES)).readUInt32BE();
  if (manifestBytes > MAX_BUNDLE_MANIFEST_BYTES) {
    throw errors.payloadTooLarge(
      `The manifest may have ${MAX_BUNDLE_MANIFEST_BYTES} bytes: its length says ${manifestBytes}`,
    );
  }
  const { entries } = bundleManifestSchema.parse(parseJson(await take(manifestBytes)));
  const contentBytes = entries.reduce((sum, entry) => sum + bytesInBundle(entry), 0);
  if (contentBytes > MAX_BUNDLE_BYTES) {
    throw errors.payloadTooLarge(
      `A bundle may hold ${MAX_BUNDLE_BYTES} bytes: these entries have ${contentBytes}`,
    );
  }
  const pass = async function* (): AsyncGenerator<Buffer> {
    for (let missing = contentBytes; missing > 0; ) {
      const part = await take.some(missing);
      missing -= part.length;
      yield part;
    }
    if (!(await take.isAtEnd())) throw errors.sizeMismatch(contentBytes, 'the body goes on behind them');
  };
  return { entries, contents: pass() };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw errors.invalidField(
      'manifest',
      `The manifest is not JSON: ${cause instanceof Error ? cause.message : ''}`,
    );
  }
}

interface Take {
  /** The next `bytes` bytes. Rejects with `request_aborted` when the body ends before. */
  (bytes: number): Promise<Buffer>;
  /** What there is of them, at least one. Rejects likewise. */
  some(bytes: number): Promise<Buffer>;
  isAtEnd(): Promise<boolean>;
}

function createTake(body: AsyncIterable<Buffer>): Take {
  const chunks = body[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  /** The next bytes that there are, at least one; null at the end. */
  const next = async (): Promise<Buffer | null> => {
    while (rest.length === 0) {
      const chunk = await chunks.next();
      if (chunk.done === true) return null;
      rest = chunk.value;
    }
    return rest;
  };
  const some = async (bytes: number): Promise<Buffer> => {
    const available = await next();
    if (available === null) throw errors.requestAborted();
    const part = available.subarray(0, bytes);
    rest = available.subarray(part.length);
    return part;
  };
  const take = async (bytes: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let missing = bytes; missing > 0; ) {
      const part = await some(missing);
      missing -= part.length;
      parts.push(part);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  };
  return Object.assign(take, { some, isAtEnd: async () => (await next()) === null });
}
