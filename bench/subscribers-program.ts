/** Many who follow the events of one account, some of whom never read what they are sent. */
import { on, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const targetSchema = z.object({ port: z.number(), token: z.string(), fileId: z.string() });
type Target = z.infer<typeof targetSchema>;

const messageSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('follow'), target: targetSchema, readers: z.number() }),
  z.object({ do: z.literal('never read'), target: targetSchema, silent: z.number() }),
  z.object({ do: z.literal('leave') }),
  z.object({ do: z.literal('change'), target: targetSchema, changes: z.number() }),
]);

const CONNECTS_AT_ONCE = 50;
/** More than the server gathers news for. */
const PAUSE_MS = 400;
const LOST_MS = 15_000;
const sockets: Socket[] = [];
const silentSockets: Socket[] = [];
/** Called with each that has been told of a change. */
let onTold: (socket: Socket) => void = () => {};

async function answer(message: z.infer<typeof messageSchema>): Promise<object> {
  if (message.do === 'change') return { latenciesMs: await change(message.target, message.changes) };
  if (message.do === 'leave') {
    for (const socket of silentSockets.splice(0)) socket.destroy();
    return { isDone: true };
  }
  const count = message.do === 'follow' ? message.readers : message.silent;
  const open = message.do === 'follow' ? follow : ignore;
  for (let at = 0; at < count; at += CONNECTS_AT_ONCE) {
    const length = Math.min(CONNECTS_AT_ONCE, count - at);
    await Promise.all(Array.from({ length }, () => open(message.target)));
  }
  return { isDone: true };
}

async function request({ port, token }: Target, headers: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.write(`GET /events HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n${headers}\r\n`);
  return socket;
}

async function follow(target: Target): Promise<void> {
  const socket = await request(target, '');
  socket.setEncoding('latin1');
  await once(socket, 'data');
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (!text.includes('"kind":"moved"')) return;
    text = '';
    onTold(socket);
  });
  sockets.push(socket);
}

/** Wants all that ever was, which is more than a socket's buffers hold, and takes none of it. */
async function ignore(target: Target): Promise<void> {
  silentSockets.push((await request(target, 'last-event-id: 0\r\n')).pause());
}

/** Milliseconds from when a change was asked for until each was told of it, for all changes and readers. */
async function change(target: Target, changes: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let at = 0; at < changes; at += 1) {
    const waiting = new Set(sockets);
    const asked = performance.now();
    const all = Promise.withResolvers<void>();
    onTold = (socket) => {
      if (waiting.delete(socket)) latenciesMs.push(performance.now() - asked);
      if (waiting.size === 0) all.resolve();
    };
    await Promise.all([move(target, `moved ${process.pid} ${performance.now()}.txt`), orLost(all.promise)]);
    // One that was not told counts as the longest that is waited for.
    latenciesMs.push(...Array.from(waiting, () => LOST_MS));
    await delay(PAUSE_MS);
  }
  return latenciesMs;
}

const orLost = (work: Promise<void>) => Promise.race([work, delay(LOST_MS, undefined, { ref: false })]);

async function move({ port, token, fileId }: Target, path: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/files/${fileId}/move`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ path }),
  });
  if (!response.ok) throw new Error(`the move was answered ${response.status}: ${await response.text()}`);
}

process.once('disconnect', () => process.exit());
for await (const [message] of on(process, 'message')) {
  process.send?.(await answer(messageSchema.parse(message)));
}
