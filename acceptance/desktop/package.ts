/** Runs the app as it is installed: nothing of the checkout is read then. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { scrubbedEnvironment } from '../harness/environment.ts';
import type { Package } from './make-package.ts';

/** As root, and without a graphics card. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/** Runs it to its end, without a hand on it; for what ends by itself. */
export async function runPackage({ executablePath }: Package, configFolder: string) {
  const own = { INSTASHARE_CONFIG_DIR: configFolder, DISPLAY: inject('app').display };
  const program = spawn(executablePath, FLAGS, {
    env: scrubbedEnvironment(own),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { said: await saidBy(program), exitCode: program.exitCode };
}

export interface PackagedApp extends AsyncDisposable {
  readonly page: Page;
  readonly process: ChildProcess;
  /** Starts it once more with other arguments and variables; what that one said. The first goes on. */
  readonly startSecond: (args: readonly string[], own: Readonly<Record<string, string>>) => Promise<string>;
}

export interface StartOptions {
  readonly configFolder: string;
  /** What the person has chosen before. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** Its fuses leave no inspector to drive it by: the page is reached as that of any browser. */
export async function startPackage(
  { executablePath }: Package,
  { configFolder, settings, environment }: StartOptions,
): Promise<PackagedApp> {
  await mkdir(join(configFolder, 'desktop'), { recursive: true });
  await writeFile(join(configFolder, 'desktop', 'settings.json'), JSON.stringify(settings));
  const own = { INSTASHARE_CONFIG_DIR: configFolder, DISPLAY: inject('app').display, ...environment };
  const start = (args: readonly string[], more: Readonly<Record<string, string>>) =>
    spawn(executablePath, [...args, ...FLAGS], {
      env: scrubbedEnvironment({ ...own, ...more }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const program = start(['--remote-debugging-port=0'], {});
  const browser = await chromium.connectOverCDP(await debuggerOf(program));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the app shows nothing');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  page.setDefaultTimeout(60_000);
  return {
    page,
    process: program,
    startSecond: (args, more) => saidBy(start(args, more)),
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (program.exitCode !== null || program.signalCode !== null) return;
      const exited = once(program, 'exit');
      program.kill('SIGKILL');
      await exited;
    },
  };
}

/** All that it has said when it has ended. */
async function saidBy(program: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  let said = '';
  const listen = (part: Buffer) => (said += part.toString());
  for (const stream of [program.stdout, program.stderr]) stream.on('data', listen);
  await once(program, 'close');
  return said;
}

async function debuggerOf(program: ChildProcess): Promise<string> {
  if (program.stderr === null) throw new Error('it was started without its stderr');
  program.stdout?.resume();
  const lines = createInterface({ input: program.stderr });
  for await (const line of lines) {
    const url = /^DevTools listening on (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    // What it says later must not fill the pipe.
    program.stderr.resume();
    return url;
  }
  throw new Error(`the packaged app ended with ${program.exitCode} before it had a window`);
}
