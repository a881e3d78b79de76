import http from 'node:http';
import type { LiveEvent } from '@instashare/contracts';

/** One message of a stream of server-sent events. */
export interface Message {
  readonly id: string | null;
  readonly type: string;
  readonly event: LiveEvent | { readonly code: string };
}

export interface EventStream extends AsyncDisposable {
  /** All messages so far. */
  readonly messages: readonly Message[];
  /** `kind path` of those that are changes. */
  readonly changes: readonly string[];
  readonly lastId: string;
  /** Whether the server has ended it. */
  readonly hasEnded: boolean;
  /** Reads no more, and so lets the connection fill up, or goes on. */
  setPaused(isPaused: boolean): void;
}

/** Follows `GET /events`. Rejects when the answer is no stream. */
export async function openEventStream(
  url: string,
  { token, lastEventId }: { readonly token: string; readonly lastEventId?: string },
): Promise<EventStream> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const request = http.get(url, { headers, agent: false });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
  if (response.headers['content-type'] !== 'text/event-stream; charset=utf-8') {
    request.destroy();
    throw new Error(`the answer is no stream: ${response.statusCode}`);
  }
  const messages: Message[] = [];
  let text = '';
  let hasEnded = false;
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    const blocks = (text + part).split('\n\n');
    text = blocks.pop() ?? '';
    messages.push(...blocks.map(parse));
  });
  response.on('end', () => {
    hasEnded = true;
  });
  response.on('error', () => {});
  return {
    messages,
    get changes() {
      return messages.flatMap(({ event }) => ('changedAt' in event ? [`${event.kind} ${event.path}`] : []));
    },
    get lastId() {
      return messages.findLast(({ id }) => id !== null)?.id ?? '';
    },
    get hasEnded() {
      return hasEnded;
    },
    setPaused: (isPaused) => void (isPaused ? response.pause() : response.resume()),
    async [Symbol.asyncDispose]() {
      response.resume();
      request.destroy();
      const closed = Promise.withResolvers<void>();
      response.once('close', closed.resolve);
      if (!response.closed) await closed.promise;
    },
  };
}

function parse(block: string): Message {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return {
    id: fields.get('id') ?? null,
    type: fields.get('event') ?? 'message',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test asserts what it reads of it
    event: JSON.parse(fields.get('data') ?? 'null') as Message['event'],
  };
}
