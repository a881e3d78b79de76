/** What both entries of the package have in common. */
export type {
  ChangeEvent,
  CursorEvent,
  ErrorCode,
  FileDto,
  Issue,
  LiveEvent,
  LoginInput,
  ProgressEvent,
  RegisterInput,
  Scope,
  ShareDto,
  TokenDto,
  User,
  WebhookBody,
} from '@instashare/contracts';
export { type AuthStore, createMemoryAuthStore, type Tokens } from './auth/auth-store.ts';
export type { FixedToken } from './auth/fixed-token.ts';
export type { BundledFile, BundleFile, BundleOptions } from './bundle/bundle-options.ts';
export { type InstashareClientOptions, normalizeServerUrl } from './core-client.ts';
export type { ByteRange, Download, DownloadOptions } from './download/download.ts';
export { type ClientErrorCode, InstashareError, isInstashareError } from './errors/instashare-error.ts';
export { isTransient, toInstashareError } from './errors/to-instashare-error.ts';
export type { EventsOptions } from './events/follow-events.ts';
export { backoffMs, DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry/retry-policy.ts';
export type { AppRouter } from './trpc/app-router.ts';
export { endsUpload } from './upload/ends-upload.ts';
export { bytesSource, type UploadSource } from './upload/source.ts';
export type { UploadInput } from './upload/to-source.ts';
export type { Transport, TransportRequest, TransportResponse } from './upload/transport.ts';
export type { UploadOptions, UploadOutcome, UploadRequest } from './upload/upload-options.ts';
export { verifyWebhook, type WebhookToVerify } from './webhooks/verify-webhook.ts';
