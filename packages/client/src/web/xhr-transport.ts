import { networkError } from '../errors/network-error.ts';
import type { Transport, TransportRequest, TransportResponse } from '../upload/transport.ts';
import { gatherBody } from './gather-body.ts';

/** A line on which nothing moves for this long is taken for broken. */
const IDLE_TIMEOUT_MS = 30_000;
/** The store may have to bring all of it to disk before it answers. */
const ANSWER_TIMEOUT_MS = 120_000;

interface XhrEvents<Event> {
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/** What is used of `XMLHttpRequest`, which Node does not have. */
export interface Xhr extends XhrEvents<unknown> {
  readonly status: number;
  readonly responseText: string;
  readonly upload: XhrEvents<{ readonly loaded: number }>;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: Uint8Array<ArrayBuffer> | null): void;
  abort(): void;
}

/** Sends by `XMLHttpRequest`: unlike `fetch`, it tells what has been sent while it sends. */
export function createXhrTransport(create: () => Xhr): Transport {
  return async (request) => {
    const bytes = request.body === null ? null : await gatherBody(request.body);
    request.signal?.throwIfAborted();
    const xhr = create();
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    return run(xhr, bytes, request);
  };
}

function run(
  xhr: Xhr,
  bytes: Uint8Array<ArrayBuffer> | null,
  request: TransportRequest,
): Promise<TransportResponse> {
  const { url, onSent, signal } = request;
  return new Promise<TransportResponse>((resolve, reject) => {
    let why = 'the connection failed';
    const onAbort = () => xhr.abort();
    const silent = () => {
      why = 'nothing moved for too long';
      xhr.abort();
    };
    let timer = setTimeout(silent, IDLE_TIMEOUT_MS);
    const wait = (timeoutMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(silent, timeoutMs);
    };
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = () => {
      end();
      const reason: unknown = signal?.reason;
      reject(
        signal?.aborted === true && reason instanceof Error
          ? reason
          : networkError(new URL(url).origin, new Error(why)),
      );
    };
    const tell = createTeller(onSent);
    xhr.upload.addEventListener('progress', ({ loaded }) => {
      tell(loaded);
      wait(IDLE_TIMEOUT_MS);
    });
    xhr.upload.addEventListener('load', () => wait(ANSWER_TIMEOUT_MS));
    xhr.addEventListener('error', fail);
    xhr.addEventListener('abort', fail);
    xhr.addEventListener('load', () => {
      end();
      tell(bytes?.byteLength ?? 0);
      resolve({ status: xhr.status, header: (name) => xhr.getResponseHeader(name), body: xhr.responseText });
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    xhr.send(bytes);
  });
}

/** Turns how much has been sent into how much more. */
function createTeller(onSent: TransportRequest['onSent']): (loaded: number) => void {
  let told = 0;
  return (loaded) => {
    if (loaded > told) onSent?.(loaded - told);
    told = Math.max(told, loaded);
  };
}
