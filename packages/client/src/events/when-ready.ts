import type { FileDto } from '@instashare/contracts';
import type { CoreClient } from '../core-client.ts';
import { InstashareError } from '../errors/instashare-error.ts';

/**
 * The file, once the server has verified and compressed its content. Rejects with `content_failed` when the content
 * was found damaged, with `file_not_found` when the file is gone, and with the signal's reason.
 */
export async function whenReady(
  client: Pick<CoreClient, 'call' | 'events'>,
  id: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FileDto> {
  // A stream begins with a cursor, and so does every connection of it: nothing can happen between it and the look.
  for await (const event of client.events({ signal })) {
    if (event.kind !== 'cursor' && event.fileId !== id) continue;
    if (event.kind === 'progress') continue;
    const options = signal === undefined ? {} : { signal };
    const { file } = await client.call(async (trpc) => ({
      file: await trpc.files.get.query({ id }, options),
    }));
    if (file.status === 'ready') return file;
    if (file.status === 'failed') {
      throw new InstashareError(
        'content_failed',
        `${file.path} was found damaged: ${file.failure ?? 'upload it again'}`,
      );
    }
  }
  throw new InstashareError('bad_response', 'The server ended the events without a reason');
}
