import type { BundledFile, BundleFile, BundleOptions } from '../bundle/bundle-options.ts';
import { uploadBundle } from '../bundle/upload-bundle.ts';
import {
  type InstashareClient as CoreClient,
  createInstashareClient as createCoreClient,
  type InstashareClientOptions,
} from '../create-client.ts';
import { upload } from '../upload/upload.ts';
import { createUploadApi } from '../upload/upload-api.ts';
import type { UploadOptions, UploadOutcome } from '../upload/upload-options.ts';
import type { UploadDependencies } from '../upload/upload-run.ts';
import { createCrc32c } from './crc32c.ts';
import { type DownloadOptions, type DownloadOutcome, download } from './download.ts';
import { createHttpAgents } from './http-agents.ts';
import { createHttpFetch } from './http-fetch.ts';
import { createHttpTransport } from './http-transport.ts';
import { type ReadContentOptions, readContent } from './read-content.ts';
import { createSha256 } from './sha256.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';

export type { DownloadOptions, UploadFileOptions };

export interface InstashareClient extends CoreClient, AsyncDisposable {
  /** Uploads from any source, resumably. */
  upload(options: UploadOptions): Promise<UploadOutcome>;
  /** Uploads a file on disk as it is now; rejects with `source_changed` when it changes meanwhile. */
  uploadFile(localPath: string, options: UploadFileOptions): Promise<UploadOutcome>;
  /**
   * Uploads many small files in one request; what came of each, in their order. More than one bundle may hold
   * (see the limits in the contracts) is refused with `payload_too_large`: splitting is the caller's.
   */
  uploadBundle(files: readonly BundleFile[], options?: BundleOptions): Promise<BundledFile[]>;
  /** Downloads to a file that appears only when it is whole and its sha256 is right. */
  download(options: DownloadOptions): Promise<DownloadOutcome>;
  /** The content as it comes, through cuts. The last block comes only when the sha256 of all is right. */
  readContent(options: ReadContentOptions): AsyncGenerator<Uint8Array>;
}

export function createInstashareClient(options: InstashareClientOptions): InstashareClient {
  const agents = createHttpAgents();
  const core = createCoreClient({ fetch: createHttpFetch(agents), ...options });
  const transport = createHttpTransport(agents);
  const api = createUploadApi(core.trpc);
  const uploads: UploadDependencies = { api, transport, createSha256, createCrc32c };
  const bundles = { server: core, transport, createSha256 };
  const downloads = { client: core, agents };
  return {
    ...core,
    upload: (uploadOptions) => upload(uploads, uploadOptions),
    uploadFile: (localPath, uploadOptions) => uploadFile(uploads, localPath, uploadOptions),
    uploadBundle: (files, bundleOptions) => uploadBundle(bundles, files, bundleOptions),
    download: (downloadOptions) => download(downloads, downloadOptions),
    readContent: (readOptions) => readContent(downloads, readOptions),
    [Symbol.asyncDispose]() {
      agents[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
