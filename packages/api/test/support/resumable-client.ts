import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Put {
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is broken after so many bytes of the body. */
  readonly cutAfter?: number;
}

/** What came of a PUT: a status and how many bytes the server says that it has, or nothing for want of an answer. */
export type Outcome = { readonly status: number; readonly receivedBytes: number } | 'cut';

/** One PUT on a connection of its own, as no library would send it. */
export async function put(
  url: string,
  { body = Buffer.alloc(0), headers = {}, cutAfter }: Put,
): Promise<Outcome> {
  const request = httpRequest(url, {
    method: 'PUT',
    agent: false,
    headers: { 'content-length': String(body.length), ...headers },
  });
  const answered = once(request, 'response').catch(() => null);
  if (cutAfter === undefined) request.end(body);
  else {
    request.flushHeaders();
    // Some of it is on its way when the connection breaks; how much of that arrives is the network's to say.
    const written = Promise.withResolvers<unknown>();
    request.write(body.subarray(0, cutAfter), written.resolve);
    await written.promise;
    request.destroy();
  }
  const response = await answered;
  if (response === null) return 'cut';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Node emits with this event
  const [message] = response as [IncomingMessage];
  await buffer(message);
  const last = /^bytes=0-(\d+)$/.exec(message.headers.range ?? '')?.[1];
  return { status: message.statusCode ?? 0, receivedBytes: last === undefined ? 0 : Number(last) + 1 };
}

export const chunkHeaders = (first: number, last: number, total: number) => ({
  'content-range': `bytes ${first}-${last}/${total}`,
});

export const askHeaders = (total: number) => ({ 'content-range': `bytes */${total}` });
