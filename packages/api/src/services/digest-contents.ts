import { createHash, type Hash, hash } from 'node:crypto';

/** The SHA-256, in hexadecimal, of each of several contents that come one behind the other, cut anywhere. */
export interface ContentDigests {
  readonly update: (chunk: Buffer) => void;
  /** In the order of the contents, as far as they have come whole. */
  readonly digests: readonly string[];
}

/**
 * Most small contents come whole within a chunk of the body, and then cost one call. `sizes` are theirs, in their
 * order; what comes behind them is left alone.
 */
export function createContentDigests(sizes: readonly number[]): ContentDigests {
  const digests: string[] = [];
  /** Of the next content, as far as it came in the chunks before. */
  let begun: { readonly hash: Hash; bytes: number } | null = null;

  function update(chunk: Buffer): void {
    let start = 0;
    for (let size = sizes[digests.length]; size !== undefined; size = sizes[digests.length]) {
      const end = start + size - (begun?.bytes ?? 0);
      const part = chunk.subarray(start, end);
      if (end > chunk.length) {
        begun ??= { hash: createHash('sha256'), bytes: 0 };
        begun.hash.update(part);
        begun.bytes += part.length;
        return;
      }
      digests.push(begun === null ? hash('sha256', part, 'hex') : begun.hash.update(part).digest('hex'));
      begun = null;
      start = end;
    }
  }

  // Empty ones need no chunk to come.
  update(Buffer.alloc(0));
  return { update, digests };
}
