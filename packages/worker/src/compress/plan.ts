const KIB = 1024;
const MIB = 1024 * KIB;

/** What would be saved below this is less than what another object and its row cost. */
const MIN_COMPRESSED_CONTENT_BYTES = 1 * KIB;
/**
 * Content of up to this size is one frame, and is worked on in memory; larger content is cut into frames of it. Each frame
 * is compressed without the others: in frames of half of this, 80 MB of many scripts took 9 % more, a log in JSON 12 %.
 */
export const FRAME_BYTES = 4 * MIB;
/** Encoded content must save this share: every later read pays for decoding it. */
const MIN_SAVED_SHARE = 0.02;
/** A sample must promise more, since its parts are shorter than what is really compressed. */
const SAMPLE_PART_BYTES = 128 * KIB;
const SAMPLE_PARTS = 5;

export interface Span {
  readonly offset: number;
  readonly lengthBytes: number;
}

/** How content is to be stored. */
export type Plan =
  /** As it is. */
  | { readonly encoding: 'identity' }
  /** One frame and no seek table: small enough to be tried in memory. */
  | { readonly encoding: 'one-frame'; readonly level: number }
  /** Independent frames, and a seek table. */
  | { readonly encoding: 'seekable'; readonly level: number };

/** What was found out of a content before. */
export interface Known {
  readonly sizeBytes: number;
  /** What its samples came to; null when there were none. */
  readonly sample: { readonly contentBytes: number; readonly encodedBytes: number } | null;
}

/**
 * Parts of the content to try first, spread over all of it: an archive may start with text and hold films.
 * None when the content is so small that trying a part would be no cheaper than trying all of it.
 */
export function samplesOf(sizeBytes: number): readonly Span[] {
  if (sizeBytes <= FRAME_BYTES) return [];
  const lastOffset = sizeBytes - SAMPLE_PART_BYTES;
  return Array.from({ length: SAMPLE_PARTS }, (_, index) => ({
    offset: Math.round((lastOffset * index) / (SAMPLE_PARTS - 1)),
    lengthBytes: SAMPLE_PART_BYTES,
  }));
}

/** What to do with content. `level` is that of the configuration. */
export function planFor({ sizeBytes, sample }: Known, { level }: { readonly level: number }): Plan {
  if (sizeBytes < MIN_COMPRESSED_CONTENT_BYTES) return { encoding: 'identity' };
  if (sample === null) return { encoding: 'one-frame', level };
  if (!isWorthIt(sample.contentBytes, sample.encodedBytes)) return { encoding: 'identity' };
  return { encoding: 'seekable', level };
}

/** Whether content that takes `encodedBytes` when encoded should be kept so. */
export function isWorthIt(sizeBytes: number, encodedBytes: number): boolean {
  return encodedBytes <= sizeBytes * (1 - MIN_SAVED_SHARE);
}
