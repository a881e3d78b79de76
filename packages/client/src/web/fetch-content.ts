import type { ContentTransport } from '../download/content-transport.ts';
import { networkError } from '../errors/network-error.ts';

/** A line on which nothing moves for this long is taken for broken. */
const IDLE_TIMEOUT_MS = 60_000;

/** Contents by `fetch`. */
export const fetchContent: ContentTransport = async ({ url, headers, signal }) => {
  const idle = createIdleTimer(signal);
  const response = await fetch(url, { headers, signal: idle.signal, cache: 'no-store' }).catch(
    (cause: unknown) => {
      idle.stop();
      signal?.throwIfAborted();
      throw networkError(url.origin, cause);
    },
  );
  idle.stop();
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    text: () => response.text(),
    cancel: () => {
      response.body?.cancel().catch(() => {});
    },
    async *blocks() {
      // Not every browser lets one iterate over a stream.
      const reader = response.body?.getReader();
      try {
        for (;;) {
          idle.start();
          const next = await reader?.read();
          idle.stop();
          if (next === undefined || next.done) return;
          yield next.value;
        }
      } catch (cause) {
        signal?.throwIfAborted();
        throw networkError(url.origin, cause);
      } finally {
        idle.stop();
        await reader?.cancel().catch(() => {});
      }
    },
  };
};

/** Aborts when nothing came for too long while something was waited for. */
function createIdleTimer(signal: AbortSignal | undefined) {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const start = () => {
    timer = setTimeout(() => silence.abort(new Error('nothing moved for too long')), IDLE_TIMEOUT_MS);
  };
  start();
  const signals = signal === undefined ? [silence.signal] : [signal, silence.signal];
  return { signal: AbortSignal.any(signals), start, stop };
}
