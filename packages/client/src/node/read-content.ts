import type { DownloadDependencies } from '../download/open-content.ts';
import { type ReadContentOptions, readPart } from '../download/read-content.ts';
import { createSha256 } from './sha256.ts';

export type { ReadContentOptions };

/** The content of a file that is known, verified: block by block, behind what is there already. */
export function readContent(
  deps: DownloadDependencies,
  { after, ...options }: ReadContentOptions,
): AsyncGenerator<Uint8Array> {
  const sha256 = after?.sha256 ?? createSha256();
  return readPart(deps, { ...options, start: after?.bytes ?? 0, end: options.file.sizeBytes, sha256 });
}
