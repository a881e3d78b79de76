/** By which way files came: an upload session, `POST /upload_files`, or a bundle. */
export type UploadWay = 'session' | 'form' | 'bundle';

export interface HttpMeter {
  /** Called when a request begins; the answer is called once, when it is over. */
  begin(): (request: { readonly method: string; readonly route: string; readonly status: number }) => void;
}

export interface UploadMeter {
  /** After the commit: files that are stored, and the content among them that was not known before. */
  stored(way: UploadWay, files: number, newContents: readonly { readonly sizeBytes: number }[]): void;
}

export interface QueryMeter {
  readonly queried: (query: { readonly sql: string; readonly ms: number | null }) => void;
}

export interface JobMeter {
  ended(job: string, outcome: 'completed' | 'failed' | 'interrupted', seconds: number): void;
  /** Its worker died with it. */
  stalled(job: string): void;
}

export interface BlobMeter {
  readonly settled: (blobs: {
    readonly ready: number;
    readonly failed: number;
    readonly duplicates: number;
    readonly sizeBytes: number;
    readonly storedBytes: number;
  }) => void;
}

export interface StoreMeter {
  ended(operation: string, seconds: number, failure: string | null): void;
}
