import type { FileDto } from '@instashare/contracts';
import type { BundledFile, BundleFile, BundleOptions } from './bundle/bundle-options.ts';
import { uploadBundle } from './bundle/upload-bundle.ts';
import type { CoreClient } from './core-client.ts';
import type { ContentTransport } from './download/content-transport.ts';
import { type Download, type DownloadOptions, openDownload } from './download/download.ts';
import { whenReady } from './events/when-ready.ts';
import type { CreateCrc32c, CreateSha256 } from './upload/incremental-hash.ts';
import { type DescribedSource, toSource, type UploadInput } from './upload/to-source.ts';
import type { Transport } from './upload/transport.ts';
import { upload } from './upload/upload.ts';
import { createUploadApi } from './upload/upload-api.ts';
import type { UploadOptions, UploadOutcome } from './upload/upload-options.ts';
import type { UploadDependencies } from './upload/upload-run.ts';

/** What of a client moves bytes. */
export interface Transfers {
  /**
   * Uploads, resumably: through cuts and restarts, hashed on the way, verified by the server before it becomes a
   * version.
   */
  upload(input: UploadInput, options: UploadOptions): Promise<UploadOutcome>;
  /**
   * Uploads many small files in one request; what came of each, in their order. More than one bundle may hold
   * (see the limits in the contracts) is refused with `payload_too_large`: splitting is the caller's.
   */
  uploadBundle(files: readonly BundleFile[], options?: BundleOptions): Promise<BundledFile[]>;
  /** Begins to download a file, or part of one. Rejects when there is no such file. */
  download(id: string, options?: DownloadOptions): Promise<Download>;
  /** The file, once the server has verified and compressed its content; rejects when that failed. */
  whenReady(id: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<FileDto>;
}

/** How a platform moves and hashes bytes. */
export interface Platform {
  readonly transport: Transport;
  readonly openContent: ContentTransport;
  readonly createSha256: CreateSha256;
  readonly createCrc32c: CreateCrc32c;
  readonly largestChunkBytes?: number | undefined;
}

export function createTransfers(core: CoreClient, platform: Platform): Transfers {
  const uploads: UploadDependencies = { ...platform, api: createUploadApi(core.trpc) };
  const bundles = { ...platform, server: core };
  const downloads = { ...platform, server: core };
  return {
    upload: async (input, options) =>
      uploadDescribed(uploads, await toSource(input, options.signal), options),
    uploadBundle: (files, options) => uploadBundle(bundles, files, options),
    download: (id, options) => openDownload(downloads, id, options),
    whenReady: (id, options) => whenReady(core, id, options),
  };
}

/** What the caller says of a file counts more than what its source tells. */
export function uploadDescribed(
  deps: UploadDependencies,
  { source, contentType, modifiedAt }: DescribedSource,
  options: UploadOptions,
): Promise<UploadOutcome> {
  return upload(deps, {
    ...options,
    source,
    contentType: options.contentType ?? contentType,
    modifiedAt: options.modifiedAt ?? modifiedAt,
  });
}
