import { type CoreClient, createCoreClient, type InstashareClientOptions } from '../core-client.ts';
import { createTransfers, type Transfers } from '../transfers.ts';
import type { Transport } from '../upload/transport.ts';
import { createCrc32c } from './crc32c.ts';
import { fetchContent } from './fetch-content.ts';
import { fetchTransport } from './fetch-transport.ts';
import { createSha256 } from './sha256.ts';
import { createXhrTransport, type Xhr } from './xhr-transport.ts';

/** A chunk is in memory, and may be sent again. */
const LARGEST_CHUNK_BYTES = 8 * 1024 * 1024;

export interface InstashareClient extends CoreClient, Transfers {}

/** A client for wherever `fetch` is. */
export function createInstashareClient(options: InstashareClientOptions): InstashareClient {
  const core = createCoreClient(options);
  const platform = {
    transport: pickTransport(globalThis),
    openContent: fetchContent,
    createSha256,
    createCrc32c,
    largestChunkBytes: LARGEST_CHUNK_BYTES,
  };
  return { ...core, ...createTransfers(core, platform) };
}

function pickTransport(scope: object): Transport {
  return hasXhr(scope) ? createXhrTransport(() => new scope.XMLHttpRequest()) : fetchTransport;
}

/** Not in Node, nor in a service worker. */
function hasXhr(scope: object): scope is { readonly XMLHttpRequest: new () => Xhr } {
  return 'XMLHttpRequest' in scope && typeof scope.XMLHttpRequest === 'function';
}
