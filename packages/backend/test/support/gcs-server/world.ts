import type { KeyPairKeyObjectResult } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bucket } from './bucket.ts';
import type { createFaults, Operation } from './faults.ts';
import type { createResumable } from './resumable.ts';

/** What the routes of the server share. */
export interface World {
  /** The one there is at first. */
  readonly bucket: Bucket;
  readonly buckets: Map<string, Bucket>;
  readonly resumable: ReturnType<typeof createResumable>;
  readonly faults: ReturnType<typeof createFaults>;
  /** null: whoever signs, it is accepted, and whoever asks may make buckets, as in emulators. */
  readonly keys: KeyPairKeyObjectResult | null;
  /** Whoever asks needs a token; addresses that are a secret by themselves do without. */
  readonly asksForTokens: boolean;
  readonly operations: Operation[];
  rights: readonly string[];
  laterMs: number;
}

/** One request. */
export interface Exchange {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}
