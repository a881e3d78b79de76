/**
 * The SDK for Node: everything of `@instashare/client`, and files: resumable upload from disk, verified
 * download to disk, over connections that are kept open.
 *
 * Knows neither Electron nor the folder engine.
 */
export * from '../index.ts';
export {
  createInstashareClient,
  type DownloadOptions,
  type InstashareClient,
  type UploadFileOptions,
} from './create-client.ts';
export type { DownloadOutcome } from './download.ts';
