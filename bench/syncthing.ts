/** Two syncthings on this machine: one sends a folder, the other receives it into an empty one. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { findFreePort } from '../acceptance/harness/port.ts';
import { type Memory, memoryOf } from './process-figures.ts';
import { shell } from './shell.ts';

export interface Syncthing extends AsyncDisposable {
  /** Until the receiver has what is in the folder now, after a look through all of it. */
  bring(): Promise<void>;
  /** Of the one that sends. */
  memory(): Promise<Memory>;
}

const POLL_MS = 100;
const FOLDER = 'bench';

/** Receives below `target`. */
export async function startSyncthing(folder: string, target: string): Promise<Syncthing> {
  await using stack = new AsyncDisposableStack();
  const sender = stack.use(await startNode(join(target, 'sender')));
  const receiver = stack.use(await startNode(join(target, 'receiver')));
  const copy = join(target, 'copy');
  await mkdir(copy);
  await receiver.share(copy, 'receiveonly', sender);
  await sender.share(folder, 'sendonly', receiver);
  const running = stack.move();
  return {
    async bring() {
      await sender.call('POST', `/rest/db/scan?folder=${FOLDER}`);
      while (!(await hasAll(sender, receiver))) await delay(POLL_MS);
      await shell(`sync -f '${target}'`);
    },
    memory: () => memoryOf(sender.pid),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const completionSchema = z.object({ needItems: z.number(), needDeletes: z.number() });

/** By what the receiver has told the sender of each file and folder. */
async function hasAll(sender: Node, receiver: Node): Promise<boolean> {
  const answer = await sender.call('GET', `/rest/db/completion?folder=${FOLDER}&device=${receiver.id}`);
  const { needItems, needDeletes } = completionSchema.parse(answer);
  return needItems + needDeletes === 0;
}

type Node = Awaited<ReturnType<typeof startNode>>;

/** It speaks to nobody but who it is told to. */
async function startNode(home: string) {
  const port = await findFreePort();
  await using stack = new AsyncDisposableStack();
  const program = stack.use(await startProgram(home));
  const { call, pid } = program;
  const id = await untilUp(program);
  await call('PATCH', '/rest/config/options', {
    listenAddresses: [`tcp://127.0.0.1:${port}`],
    globalAnnounceEnabled: false,
    localAnnounceEnabled: false,
    relaysEnabled: false,
    natEnabled: false,
    crashReportingEnabled: false,
    urAccepted: -1,
  });
  const running = stack.move();
  return {
    id,
    pid,
    address: `tcp://127.0.0.1:${port}`,
    call,
    async share(path: string, type: string, other: { readonly id: string; readonly address: string }) {
      await call('POST', '/rest/config/devices', { deviceID: other.id, addresses: [other.address] });
      const devices = [{ deviceID: id }, { deviceID: other.id }];
      // Only what is asked for.
      const looks = { fsWatcherEnabled: false, rescanIntervalS: 0 };
      await call('POST', '/rest/config/folders', { id: FOLDER, path, type, devices, ...looks });
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startProgram(home: string) {
  const [port, key] = [await findFreePort(), randomUUID()];
  await shell(`syncthing generate --no-default-folder --home '${home}' >/dev/null`);
  const options = ['--no-browser', '--no-upgrade', '--no-default-folder', '--home', home];
  const gui = ['--gui-address', `http://127.0.0.1:${port}`, '--gui-apikey', key];
  // Without the process that would start it again.
  const env = { ...process.env, STMONITORED: 'yes' };
  const child = spawn('syncthing', ['serve', ...options, ...gui], { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('syncthing could not be started');
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'x-api-key': key },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`syncthing answered ${response.status} to ${path}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  return {
    pid,
    isOver: () => child.exitCode !== null,
    call,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Gives its id. */
async function untilUp({ call, isOver }: Awaited<ReturnType<typeof startProgram>>): Promise<string> {
  for (;;) {
    try {
      return z.object({ myID: z.string() }).parse(await call('GET', '/rest/system/status')).myID;
    } catch {
      if (isOver()) throw new Error('syncthing has ended');
      await delay(POLL_MS);
    }
  }
}
