import type { FileDto } from '@instashare/contracts';
import type { InstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';

/** A small file, whole in memory. */
export interface BundleFile {
  /** Where the file goes on the server. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of these bytes; left out, it is computed. */
  readonly sha256?: string | undefined;
  readonly modifiedAt?: Date | undefined;
  readonly contentType?: string | undefined;
}

export interface BundleOptions {
  /** Asks first which contents the account has, and sends the others only: for what may have been sent before. */
  readonly linkFirst?: boolean | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of one file of a bundle. */
export type BundledFile =
  | {
      readonly file: FileDto;
      /** Of the bytes that were sent. */
      readonly sha256: string;
      /** The account had this content. */
      readonly alreadyStored: boolean;
      /** What of its content went over the line; 0 when it was linked without. */
      readonly sentBytes: number;
    }
  | { readonly error: InstashareError };
