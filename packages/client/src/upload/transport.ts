/** The body of a request: a known length, produced block by block. */
export interface TransportBody {
  readonly sizeBytes: number;
  /** So many blocks, those asked for last, stay as they are: 1 when left out. */
  readonly blocksKept?: number;
  /**
   * A block that is not kept any more may be overwritten as soon as the next one is asked for: hand it on, wait until
   * it was taken, then ask. An error thrown here ends the request and comes out of it unchanged.
   */
  blocks(): AsyncIterable<Uint8Array>;
}

export interface TransportRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TransportBody | null;
  /** Told the bytes that the network has taken since the last time (not those merely read). */
  readonly onSent?: ((bytes: number) => void) | undefined;
  /** An answer longer than this is not read on; left out: that of the upload protocol, which is short. */
  readonly maxAnswerBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TransportResponse {
  readonly status: number;
  header(name: string): string | null;
  readonly body: string;
}

/**
 * Sends one request and gives its answer, whatever its status. Rejects with `network` when none came: the
 * address could not be reached, the connection broke, or nothing moved for too long.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
