/**
 * The SDK for Node: everything of `@instashare/client`, and files: resumable upload from disk, verified
 * download to disk, over connections that are kept open.
 *
 * Knows neither Electron nor the folder engine.
 */
export * from '../common.ts';
export { createUploadLimit, type UploadLimit } from '../upload/upload-limit.ts';
export { createInstashareClient, type InstashareClient, type NodeClientOptions } from './create-client.ts';
export { type DescribeServerOptions, describeServer } from './describe-server.ts';
export type { DownloadFileOptions, DownloadFileOutcome } from './download-file.ts';
export type { ProxyVariables } from './http-agents.ts';
export type { ReadContentOptions } from './read-content.ts';
export type { NodeUploadInput } from './upload-input.ts';
