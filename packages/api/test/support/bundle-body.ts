import { createHash } from 'node:crypto';
import { BUNDLE_CONTENT_TYPE, type BundleEntry } from '@instashare/contracts';

export interface BundleFile extends Partial<BundleEntry> {
  readonly path: string;
  readonly content: string | Buffer;
}

export const BUNDLE_HEADERS = { 'content-type': BUNDLE_CONTENT_TYPE };

/** The body of `POST /bundles`; what an entry says of itself overrides what its content is. */
export function bundleBody(files: readonly BundleFile[]): Buffer {
  const sent = files.filter(({ linkOnly }) => linkOnly !== true);
  const contents = sent.map(({ content }) => Buffer.from(content));
  const entries = files.map(({ content, ...entry }) => ({
    sizeBytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
    ...entry,
  }));
  return framed(JSON.stringify({ entries }), contents);
}

/** A body with any text for a manifest. */
export function framed(manifest: string, contents: readonly Buffer[] = []): Buffer {
  const json = Buffer.from(manifest);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, ...contents]);
}
