/**
 * The SDK's core: a typed tRPC client that keeps its log-in fresh, and the resumable upload over any
 * transport. It runs wherever `fetch` does; what needs Node (files, sockets) is in `@instashare/client/node`.
 *
 * Knows neither Node nor Electron, nor where tokens are kept: whoever uses it gives an `AuthStore`.
 */
export { type AuthStore, createMemoryAuthStore, type Tokens } from './auth/auth-store.ts';
export type { FixedToken } from './auth/fixed-token.ts';
export type { BundledFile, BundleFile, BundleOptions } from './bundle/bundle-options.ts';
export {
  createInstashareClient,
  type InstashareClient,
  type InstashareClientOptions,
  normalizeServerUrl,
} from './create-client.ts';
export { type ClientErrorCode, InstashareError, isInstashareError } from './errors/instashare-error.ts';
export { isTransient, toInstashareError } from './errors/to-instashare-error.ts';
export type { EventsOptions } from './events/follow-events.ts';
export { backoffMs, DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry/retry-policy.ts';
export type { AppRouter } from './trpc/app-router.ts';
export { endsUpload } from './upload/ends-upload.ts';
export { bytesSource, type UploadSource } from './upload/source.ts';
export type { Transport, TransportRequest, TransportResponse } from './upload/transport.ts';
export type { UploadOptions, UploadOutcome } from './upload/upload-options.ts';
