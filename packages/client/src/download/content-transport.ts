/** An answer whose body has not been read yet. Either read it or cancel it. */
export interface ContentAnswer {
  readonly status: number;
  header(name: string): string | null;
  /** The body as it comes. Throws `network` when the connection breaks; ending early ends the connection. */
  blocks(): AsyncIterable<Uint8Array>;
  /** A short body as text. */
  text(): Promise<string>;
  cancel(): void;
}

export interface ContentTransportRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends a GET and gives its answer, whatever its status. Rejects with `network` when none came. */
export type ContentTransport = (request: ContentTransportRequest) => Promise<ContentAnswer>;
