import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { ErrorBody, ErrorCode } from '@instashare/contracts';
import type { Remote } from '../engine/environment.ts';
import { listFiles } from './list-files.ts';

/** The server as the engine sees it, by the SDK. */
export function createClientRemote(client: InstashareClient): Remote {
  return {
    upload: ({ source, ...options }) => client.upload(source, options),
    uploadBundle: (files, options) => client.uploadBundle(files, options),
    async findByPath(path, signal) {
      try {
        return await client.call((trpc) => trpc.files.byPath.query({ path }, { signal }));
      } catch (error) {
        if (isInstashareError(error, 'file_not_found')) return null;
        throw error;
      }
    },
    findFailed: (folder, signal) =>
      listFiles(client, { prefix: folder === '' ? undefined : `${folder}/`, status: 'failed', signal }),
    async moveFiles(files, signal) {
      const input = { files: [...files] };
      const { results } = await client.call((trpc) => trpc.files.moveMany.mutate(input, { signal }));
      return results.map(refusalOf);
    },
    async deleteFiles(files, signal) {
      const input = { files: [...files] };
      const { results } = await client.call((trpc) => trpc.files.deleteMany.mutate(input, { signal }));
      return results.map(refusalOf);
    },
    async cancelUpload(uploadId) {
      try {
        await client.call((trpc) => trpc.uploads.cancel.mutate({ id: uploadId }));
      } catch (error) {
        if (!isInstashareError(error, 'upload_not_found', 'upload_finished', 'upload_expired')) throw error;
      }
    },
  };
}

function refusalOf(result: { readonly id: string } | { readonly error: ErrorBody }): ErrorCode | null {
  return 'error' in result ? result.error.code : null;
}
