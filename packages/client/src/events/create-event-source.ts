import type { Session } from '../auth/session.ts';
import type { ContentTransport } from '../download/content-transport.ts';
import { isRecord, parseJson } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { fromTrpc } from '../errors/to-instashare-error.ts';
import { followMessages } from './follow-messages.ts';
import type { Message } from './read-messages.ts';

type Listener = (event: object) => void;

/**
 * An EventSource for tRPC's subscriptions, which sends the session's token, refreshes it, and waits longer and longer
 * for a server that is away. What the listeners of \`error\` get, when it is closed for good, is the error itself.
 */
export function createEventSourceClass(session: Session, openStream?: ContentTransport) {
  return class SessionEventSource {
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSED = 2;
    readyState = 0;
    readonly #listeners = new Map<string, Set<Listener>>();
    readonly #closing = new AbortController();

    constructor(url: string) {
      void this.#run(new URL(url));
    }

    addEventListener(type: string, listener: Listener): void {
      const listeners = this.#listeners.get(type) ?? new Set();
      this.#listeners.set(type, listeners.add(listener));
    }

    removeEventListener(type: string, listener: Listener): void {
      this.#listeners.get(type)?.delete(listener);
    }

    close(): void {
      this.readyState = this.CLOSED;
      this.#closing.abort();
    }

    async #run(url: URL): Promise<void> {
      const { signal } = this.#closing;
      try {
        const onInterruption = (error: Error) => {
          this.readyState = this.CONNECTING;
          this.#dispatch('error', error);
        };
        const options = { url, session, openStream, lastEventId: '', errorOf, onInterruption, signal };
        for await (const message of followMessages(options)) {
          this.readyState = this.OPEN;
          this.#dispatch(message.type, message);
        }
      } catch (error) {
        if (signal.aborted) return;
        this.close();
        this.#dispatch('error', error instanceof Error ? error : new Error(String(error)));
      }
    }

    #dispatch(type: string, event: Message | Error): void {
      for (const listener of this.#listeners.get(type) ?? []) listener(event);
    }
  };
}

/** How tRPC says inside of a stream that it failed. */
function errorOf({ type, data }: Message): InstashareError | null {
  if (type !== 'serialized-error') return null;
  const shape = parseJson(data);
  const message = isRecord(shape) ? shape['message'] : undefined;
  if (!isRecord(shape) || typeof message !== 'string') {
    return new InstashareError(
      'bad_response',
      'The server ended the events for a reason that makes no sense',
    );
  }
  return fromTrpc({ data: shape['data'], message }) ?? new InstashareError('internal_error', message);
}
