import { InstashareError } from '../errors/instashare-error.ts';
import { untilAborted } from '../retry/until-aborted.ts';
import { bytesSource, type UploadSource } from './source.ts';

/**
 * What an upload may be made of. A stream is read to its end first, since its size must be known and its bytes may be
 * needed again: in Node into a temporary file, elsewhere into a Blob.
 */
export type UploadInput = Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array> | UploadSource;

/** A source, and what it tells of itself beside its bytes. */
export interface DescribedSource {
  readonly source: UploadSource;
  readonly contentType?: string | undefined;
  readonly modifiedAt?: Date | undefined;
}

/** Rejects with the signal's reason when it is aborted before a stream was read to its end; the stream is cancelled. */
export async function toSource(input: UploadInput, signal?: AbortSignal): Promise<DescribedSource> {
  if (input instanceof Uint8Array) return { source: bytesSource(input) };
  if (input instanceof ArrayBuffer) return { source: bytesSource(new Uint8Array(input)) };
  if (input instanceof Blob) return describeBlob(input);
  if (input instanceof ReadableStream) return { source: blobSource(await gather(input, signal)) };
  if (isSource(input)) return { source: input };
  const message = 'Nothing that can be uploaded was given: a Blob, bytes, a stream, or a source';
  throw new InstashareError('invalid_input', message);
}

async function gather(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Promise<Blob> {
  if (signal === undefined) return new Response(stream).blob();
  const cancelled = stream.pipeThrough(new TransformStream(), { signal });
  return untilAborted(new Response(cancelled).blob(), signal);
}

function isSource(input: unknown): input is UploadSource {
  return typeof input === 'object' && input !== null && 'sizeBytes' in input && 'read' in input;
}

/** A `File` knows when it was changed; both may know their type. */
function describeBlob(blob: Blob): DescribedSource {
  const source = blobSource(blob);
  const modifiedAt =
    'lastModified' in blob && typeof blob.lastModified === 'number' ? new Date(blob.lastModified) : undefined;
  return { source, modifiedAt, contentType: blob.type === '' ? undefined : blob.type };
}

function blobSource(blob: Blob): UploadSource {
  return {
    sizeBytes: blob.size,
    async read(target, position) {
      const part = blob.slice(position, position + target.byteLength);
      const bytes = await part.arrayBuffer().catch((cause: unknown) => {
        const message = 'The file can not be read any more: it was changed or removed';
        throw new InstashareError('source_changed', message, { cause });
      });
      target.set(new Uint8Array(bytes));
      return bytes.byteLength;
    },
  };
}
