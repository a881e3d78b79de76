import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CliError } from '../../src/cli/cli-error.ts';
import { controlAddress } from '../../src/cli/control/address.ts';
import { askControl } from '../../src/cli/control/ask-control.ts';
import type { ControlRequest } from '../../src/cli/control/protocol.ts';
import { MAX_LINE_BYTES } from '../../src/cli/control/read-line.ts';
import { serveControl } from '../../src/cli/control/serve-control.ts';

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'instashare-control-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A server at an address in a folder of its own. */
async function serve(handle: (request: ControlRequest) => Promise<unknown>) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await makeFolder());
  const address = join(folder.path, 'a.sock');
  stack.use(await serveControl({ address, handle }));
  const opened = stack.move();
  return { address, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const echo = (request: ControlRequest) => Promise.resolve(request);
const schema = z.looseObject({ command: z.string() });
const { signal } = new AbortController();
const ask = (address: string, request: ControlRequest) => askControl(address, request, { schema, signal });

/** What comes back when just this is sent. */
async function send(address: string, sent: string): Promise<string> {
  const socket = connect(address);
  socket.on('error', () => {});
  socket.end(sent);
  return text(socket).catch(() => '');
}

test('asks and answers, for its owner only, and leaves nothing behind', async () => {
  let at = '';
  {
    await using served = await serve(echo);
    at = served.address;
    expect((await stat(at)).mode & 0o777).toBe(0o600);
    const request = { command: 'why', path: 'some/ü path' } as const;
    await expect(ask(at, request)).resolves.toEqual(request);
    const many = await Promise.all(Array.from({ length: 50 }, () => ask(at, { command: 'status' })));
    expect(many).toHaveLength(50);
  }
  await expect(ask(at, { command: 'status' })).resolves.toBeNull();
});

test('C20: what a process that was killed left at the address is in nobody’s way', async () => {
  await using abandoned = await serve(echo);
  const { address } = abandoned;
  const server = await serveControl({ address, handle: () => Promise.resolve({ command: 'mine' }) });
  await expect(ask(address, { command: 'sync' })).resolves.toEqual({ command: 'mine' });
  await server[Symbol.asyncDispose]();
});

test.each([
  ['no JSON', 'nonsense\n'],
  ['an unknown command', '{"command":"destroy"}\n'],
  ['a command without its path', '{"command":"why"}\n'],
  ['no object', '[1]\n'],
])('answers %s with an error, and goes on', async (_what, sent) => {
  await using served = await serve(echo);
  const { address } = served;
  expect(JSON.parse(await send(address, sent))).toMatchObject({
    ok: false,
    error: { code: 'invalid_request' },
  });
  await expect(ask(address, { command: 'status' })).resolves.toEqual({ command: 'status' });
});

test('a line that never ends, and one who says nothing, are dropped', async () => {
  await using served = await serve(echo);
  const { address } = served;
  await expect(send(address, 'x'.repeat(2 * MAX_LINE_BYTES))).resolves.toBe('');
  await expect(send(address, '')).resolves.toBe('');
  await expect(ask(address, { command: 'status' })).resolves.toEqual({ command: 'status' });
});

test('a failure of the watch is told to the one who asked, in its words', async () => {
  await using served = await serve(() =>
    Promise.reject(new CliError('the disk is full', { code: 'disk_full' })),
  );
  await expect(ask(served.address, { command: 'pause' })).rejects.toMatchObject({
    code: 'disk_full',
    message: 'the disk is full',
  });
});

test('an answer of another form is not taken for one', async () => {
  await using served = await serve(() => Promise.resolve({ other: true }));
  await expect(ask(served.address, { command: 'status' })).rejects.toThrow(/of another version/);
});

test('a folder of states whose path is too long for an address gets one elsewhere, for its owner only', async () => {
  const stateFolder = `/${'long/'.repeat(30)}`;
  const address = controlAddress({ stateFolder, name: 'a'.repeat(32), platform: 'linux' });
  expect(Buffer.byteLength(address)).toBeLessThan(100);
  const server = await serveControl({ address, handle: echo });
  await expect(ask(address, { command: 'status' })).resolves.toEqual({ command: 'status' });
  expect((await stat(join(address, '..'))).mode & 0o077).toBe(0);
  await server[Symbol.asyncDispose]();
});

test('on Windows the address is a named pipe of the folder’s own', () => {
  const addressOf = (name: string) => controlAddress({ stateFolder: 'C:\\state', name, platform: 'win32' });
  expect(addressOf('a')).toMatch(/^\\\\\.\\pipe\\instashare-[0-9a-f]{32}$/);
  expect(addressOf('a')).not.toBe(addressOf('b'));
});
