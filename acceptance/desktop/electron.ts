/** Which Electron the tests run, and the display it needs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKOUT } from '../harness/environment.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { copyLinked } from './copy-linked.ts';

const APP = join(CHECKOUT, 'packages', 'desktop');

export interface Electron extends AsyncDisposable {
  readonly executablePath: string;
  /** What it is started with, to run the app. */
  readonly args: readonly string[];
}

/** To run `app`: the `electron` package's own, which it downloads when it is first asked for, or the one that is named. */
export async function findElectron(app = APP): Promise<Electron> {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given !== undefined && given !== '') return await assemble(given, app);
  try {
    const path: unknown = createRequire(join(APP, 'package.json'))('electron');
    if (typeof path !== 'string' || !existsSync(path))
      throw new Error(`the electron package names ${String(path)}, which is not there`);
    return { executablePath: path, args: [app], [Symbol.asyncDispose]: () => Promise.resolve() };
  } catch (cause) {
    throw new Error(
      'The tests of the desktop app need a real Electron. The electron package could not download its own: let it ' +
        'reach its download site, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one',
      { cause },
    );
  }
}

/** An Electron with an app in its place for apps, as an installed one has it; hard links, so that it takes no room. */
async function assemble(dist: string, app: string): Promise<Electron> {
  if (!existsSync(join(dist, 'electron')))
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${dist}, and there is no electron in it`);
  const folder = await makeTempFolder('electron');
  await copyLinked(dist, folder.path);
  // It would be taken for the app.
  await rm(join(folder.path, 'resources', 'default_app.asar'), { force: true });
  await symlink(app, join(folder.path, 'resources', 'app'));
  return {
    executablePath: join(folder.path, 'electron'),
    args: [],
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

export interface Display extends AsyncDisposable {
  readonly name: string | undefined;
}

/** The display there is or, on Linux without one, an Xvfb of its own. */
export async function openDisplay(): Promise<Display> {
  const there = process.env['DISPLAY'];
  if (process.platform !== 'linux' || (there !== undefined && there !== ''))
    return { name: there, [Symbol.asyncDispose]: () => Promise.resolve() };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await displayNumber(server);
  return {
    name: `:${number}`,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

async function displayNumber(server: ChildProcess): Promise<string> {
  const told = server.stdio[3];
  if (told === null || told === undefined || !('readable' in told))
    throw new Error('Xvfb has no pipe to tell by');
  const failed = once(server, 'error').then(([cause]) => {
    throw new Error('The tests of the desktop app need a display: install xvfb', { cause });
  });
  const exited = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${String(code)} before it was ready`);
  });
  const line = await Promise.race([firstLine(told), failed, exited]);
  failed.catch(() => undefined);
  exited.catch(() => undefined);
  return line;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  throw new Error('Xvfb did not tell its display');
}
