import type { FileDto } from '@instashare/contracts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import type { UploadSource } from './source.ts';

export interface UploadOptions {
  /** Where the file goes on the server. */
  readonly path: string;
  /** Known: content that the account already has is linked at once. Left out: hashed while it is sent. */
  readonly sha256?: string | undefined;
  readonly modifiedAt?: Date | undefined;
  readonly contentType?: string | undefined;
  /** Goes on with an upload begun before; a new one is begun when it is gone. */
  readonly resumeUploadId?: string | undefined;
  /**
   * Told the id of each session begun, before its first byte is sent; keep it to resume later. Given, a
   * session that was cut short stays open; otherwise it is cancelled.
   */
  readonly onSession?: ((uploadId: string) => void | Promise<void>) | undefined;
  /** Told how many bytes of the file have been sent; never fewer than before, also after a cut. */
  readonly onProgress?: ((acceptedBytes: number) => void) | undefined;
  /**
   * Runs when all is sent, with the sha256 of it; when it rejects, the upload is cancelled and no version is made. Not
   * when nothing is sent, since the account has the content.
   */
  readonly beforeComplete?: ((sha256: string) => Promise<void>) | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An upload with what it sends. */
export interface UploadRequest extends UploadOptions {
  readonly source: UploadSource;
}

export interface UploadOutcome {
  readonly file: FileDto;
  readonly sha256: string;
  /** The account had this content: nothing was sent. */
  readonly alreadyStored: boolean;
  /** Bytes that went over the line, those sent twice included. */
  readonly sentBytes: number;
}
