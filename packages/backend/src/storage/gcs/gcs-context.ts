import type { Bucket } from '@google-cloud/storage';
import type { RetryPolicy } from './retrying.ts';

/** What the parts of the driver share. */
export interface GcsContext {
  /** The library's view of the bucket. It tries everything once: trying again is `retrying`'s. */
  readonly bucket: Bucket;
  /** `https://storage.googleapis.com`, or where an emulator is. */
  readonly endpoint: string;
  /** The headers by which a request of our own is allowed; none before an emulator. */
  authorization(): Promise<Headers>;
  readonly retry: RetryPolicy;
}
