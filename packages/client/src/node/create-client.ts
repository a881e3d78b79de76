import { createCoreClient, type InstashareClientOptions } from '../core-client.ts';
import { SILENCE_MS } from '../events/open-stream.ts';
import { createTransfers, type Transfers } from '../transfers.ts';
import { createUploadApi } from '../upload/upload-api.ts';
import type { UploadLimit } from '../upload/upload-limit.ts';
import type { UploadOptions, UploadOutcome } from '../upload/upload-options.ts';
import type { InstashareClient as WebClient } from '../web/create-client.ts';
import { createCrc32c } from './crc32c.ts';
import { type DownloadFileOptions, type DownloadFileOutcome, downloadFile } from './download-file.ts';
import { createHttpAgents, type ProxyVariables } from './http-agents.ts';
import { createHttpContent } from './http-content.ts';
import { createHttpFetch } from './http-fetch.ts';
import { createHttpTransport } from './http-transport.ts';
import { type ReadContentOptions, readContent } from './read-content.ts';
import { createSha256 } from './sha256.ts';
import { type NodeUploadInput, uploadInput } from './upload-input.ts';

export interface InstashareClient extends WebClient, AsyncDisposable {
  /**
   * Uploads, resumably. A file on disk is uploaded as it is now: it is `source_changed` when it changes meanwhile. A
   * stream is read into a temporary file first.
   */
  upload(input: NodeUploadInput, options: UploadOptions): Promise<UploadOutcome>;
  /** Downloads to a file that appears only when it is whole and its sha256 is right; cut short, it can be resumed. */
  downloadFile(options: DownloadFileOptions): Promise<DownloadFileOutcome>;
  /** The content of a file that is known, as it comes. The last block comes only when the sha256 of all is right. */
  readContent(options: ReadContentOptions): AsyncGenerator<Uint8Array>;
  /**
   * Ends all connections, those in use as well, as after sleep, when they are dead and nobody says so. Transfers go on by
   * new ones; a call that was waiting for its answer fails.
   */
  dropConnections(): void;
}

export interface NodeClientOptions extends InstashareClientOptions {
  /** Bounds how fast uploads go; made by `createUploadLimit`. */
  readonly uploadLimit?: UploadLimit | undefined;
  /**
   * The proxy to go through: an environment, of which `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` count, in capitals or not.
   * None when left out. Node 24.5 or newer has this; an older one goes without a proxy.
   */
  readonly proxy?: ProxyVariables | undefined;
}

/** A client for Node. Dispose of it to close its connections. */
export function createInstashareClient({
  uploadLimit,
  proxy,
  ...options
}: NodeClientOptions): InstashareClient {
  const agents = createHttpAgents(proxy);
  const core = createCoreClient({
    fetch: createHttpFetch(agents),
    openStream: createHttpContent(agents, SILENCE_MS),
    ...options,
  });
  const platform = {
    transport: createHttpTransport(agents, uploadLimit),
    openContent: createHttpContent(agents),
    createSha256,
    createCrc32c,
  };
  const transfers: Transfers = createTransfers(core, platform);
  const uploads = { ...platform, api: createUploadApi(core.trpc) };
  const downloads = { ...platform, server: core };
  return {
    ...core,
    ...transfers,
    upload: (input, uploadOptions) => uploadInput(uploads, input, uploadOptions),
    downloadFile: (downloadOptions) => downloadFile(downloads, downloadOptions),
    readContent: (readOptions) => readContent(downloads, readOptions),
    dropConnections: () => agents.endAll(),
    [Symbol.asyncDispose]() {
      agents[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
