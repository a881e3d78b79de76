import { fileURLToPath } from 'node:url';
import { uploadDescribed } from '../transfers.ts';
import { toSource, type UploadInput } from '../upload/to-source.ts';
import type { UploadOptions, UploadOutcome } from '../upload/upload-options.ts';
import type { UploadDependencies } from '../upload/upload-run.ts';
import { spoolStream } from './spool-stream.ts';
import { handleSource, uploadFile } from './upload-file.ts';

/** As everywhere, and the path of a file (or its `file:` URL), and streams of Node. */
export type NodeUploadInput = UploadInput | string | URL | AsyncIterable<Uint8Array>;

export async function uploadInput(
  deps: UploadDependencies,
  input: NodeUploadInput,
  options: UploadOptions,
): Promise<UploadOutcome> {
  if (typeof input === 'string') return uploadFile(deps, input, options);
  if (input instanceof URL) return uploadFile(deps, fileURLToPath(input), options);
  if (!isStream(input)) return uploadDescribed(deps, await toSource(input, options.signal), options);
  const handle = await spoolStream(input, options.signal);
  try {
    const { size } = await handle.stat();
    return await uploadDescribed(deps, { source: handleSource(handle, size) }, options);
  } finally {
    await handle.close();
  }
}

/** The streams of the web are ones of Node as well: they can be iterated over. */
function isStream(input: object): input is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in input;
}
