import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** Sends a form of which the last byte comes when the test says so. */
export function sendSlowly(url: string, cookie: string, fields: Record<string, string>) {
  const body = new URLSearchParams({ ...fields, more: 'x' }).toString();
  const headers = {
    cookie,
    origin: new URL(url).origin,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
    expect: '100-continue',
  };
  const sent = request(url, { method: 'POST', headers });
  const answered = once(sent, 'response');
  sent.flushHeaders();
  return {
    /** When the server has its headers, and has let them in. */
    begun: once(sent, 'continue').then(async () => {
      sent.write(body.slice(0, -1));
      await delay(200);
    }),
    /** The status, and what was answered. */
    async finish(): Promise<[number | undefined, string]> {
      sent.end(body.slice(-1));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event has no type
      const [answer] = (await answered) as [IncomingMessage];
      return [answer.statusCode, await text(answer)];
    },
  };
}
