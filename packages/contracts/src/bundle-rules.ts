import type { BundleEntry } from './bundle.ts';

/**
 * Many small files in one request, `POST /bundles`. Its body (`application/vnd.instashare.bundle`) is, one after
 * the other: the length of the manifest in bytes, as an unsigned 32-bit number, most significant byte first; the
 * manifest, JSON in UTF-8; the contents of its entries (but of those that are to be linked only) in their order, with
 * nothing between them.
 */
export const BUNDLE_CONTENT_TYPE = 'application/vnd.instashare.bundle';

/** Bytes of the body that belong to this entry. */
export const bytesInBundle = ({ linkOnly, sizeBytes }: BundleEntry): number =>
  linkOnly === true ? 0 : sizeBytes;
