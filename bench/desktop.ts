/** The desktop app: a real Electron with a real server, as a person has it before them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppCommand, type DesktopApp, launchApp, prepareApp } from '../acceptance/desktop/launch-app.ts';
import { setUp, waitForStatus } from '../acceptance/desktop/steps.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { copyRealFiles } from '../acceptance/real-tree/real-files.ts';
import { runCli, uploadEnvironment } from './command-line.ts';
import { type DesktopSize, measureDesktopSize } from './desktop-size.ts';
import { prepareEmptyWindow } from './empty-window.ts';
import { treeCpuSeconds, treeMemoryBytes } from './process-tree.ts';
import { registerUser, startServer, type User } from './server.ts';

/** Of all processes of an app together. */
export interface IdleFigures {
  /** From the start of the process until the window shows what it is there for. */
  readonly startSeconds: number;
  /** With nothing to do. */
  readonly idleBytes: number;
  /** Of one core, in percent, with nothing to do. */
  readonly idleCpuPercent: number;
}

export interface DesktopFigures extends IdleFigures {
  /** The same Electron with next to nothing in its window. */
  readonly empty: IdleFigures;
  readonly size: DesktopSize;
  readonly idleBytesWithMany: number;
  /** While files are hashed: how long the page waits for an answer of the app, and its own loop for its turn. */
  readonly answersMs: readonly number[];
  readonly turnsMs: readonly number[];
}

const MANY_FILES = 100_000;
const FILES_PER_FOLDER = 1_000;
const HASHED_FILES = 10_000;
const SETTLE_MS = 5_000;
const IDLE_MS = 30_000;
const LONG_MS = 300_000;

export async function measureDesktop(note: (text: string) => void): Promise<DesktopFigures> {
  await using command = await prepareApp();
  await using instance = await startServer();
  await using temp = await makeTempFolder('bench-desktop');
  const [few, many] = [await registerUser(instance.url), await registerUser(instance.url)];
  note('desktop: packing it');
  const size = await measureDesktopSize();
  note('desktop: an empty window');
  const empty = await measureEmptyWindow(join(temp.path, 'empty'));
  note('desktop: uploading 100,000 files');
  await uploadMany(many, instance.url, join(temp.path, 'many'));

  const config = join(temp.path, 'few');
  await logInOnce(command, config, { server: instance.url, email: few.email });
  note('desktop: idle');
  const idle = await measureIdle(command, config, isReady);
  const manyConfig = join(temp.path, 'config-many');
  await logInOnce(command, manyConfig, { server: instance.url, email: many.email });
  note('desktop: idle with 100,000 files');
  const { idleBytes: idleBytesWithMany } = await measureIdle(command, manyConfig, isReady);
  note('desktop: while files are hashed');
  const busy = await measureWhileHashing(command, temp.path, { server: instance.url, email: few.email });
  return { ...idle, empty, size, idleBytesWithMany, ...busy };
}

async function uploadMany(user: User, url: string, folder: string): Promise<void> {
  for (let at = 0; at < MANY_FILES; at += FILES_PER_FOLDER) {
    const below = join(folder, `folder ${at / FILES_PER_FOLDER}`);
    await mkdir(below, { recursive: true });
    const names = Array.from({ length: FILES_PER_FOLDER }, (_, index) => `file ${at + index}.txt`);
    await Promise.all(names.map((name) => writeFile(join(below, name), name)));
  }
  await using config = await makeTempFolder('bench-cli');
  const environment = await uploadEnvironment(user, { folder: config.path, url });
  await runCli(['watch', folder, '--once', '--json'], environment);
}

interface Person {
  readonly server: string;
  readonly email: string;
  readonly folder?: string;
}

async function logInOnce(command: AppCommand, config: string, person: Person): Promise<void> {
  await using app = await launchApp(command, config);
  await setUp(app, { ...person, isNew: false });
  await waitForStatus(app.page, 'Ready');
}

async function measureEmptyWindow(config: string): Promise<IdleFigures> {
  await using command = await prepareEmptyWindow();
  return await measureIdle(command, config, (page) => page.getByRole('heading', { name: 'Here' }).waitFor());
}

const isReady = (page: DesktopApp['page']): Promise<void> => waitForStatus(page, 'Ready');

async function measureIdle(
  command: AppCommand,
  config: string,
  isUsable: (page: DesktopApp['page']) => Promise<void>,
): Promise<IdleFigures> {
  const started = performance.now();
  await using app = await launchApp(command, config);
  await isUsable(app.page);
  const startSeconds = (performance.now() - started) / 1000;
  await delay(SETTLE_MS);
  const pid = pidOf(app);
  const before = await treeCpuSeconds(pid);
  await delay(IDLE_MS);
  const idleCpuPercent = (100 * ((await treeCpuSeconds(pid)) - before)) / (IDLE_MS / 1000);
  return { startSeconds, idleCpuPercent, idleBytes: await treeMemoryBytes(pid) };
}

/** In the page: asks the app for its state, and takes its own turn, again and again until it is told to stop. */
const PROBE = `
  window.probe = { answersMs: [], turnsMs: [], isOver: false };
  const over = () => window.probe.isOver;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  (async () => {
    while (!over()) {
      const asked = performance.now();
      await window.instashare.call('settings.get', undefined);
      window.probe.answersMs.push(performance.now() - asked);
      await pause(10);
    }
  })();
  (async () => {
    while (!over()) {
      const before = performance.now();
      await pause(5);
      window.probe.turnsMs.push(performance.now() - before - 5);
    }
  })();
  // What is evaluated last is waited for.
  undefined;
`;
const END_PROBE = `window.probe.isOver = true, window.probe`;

async function measureWhileHashing(command: AppCommand, temp: string, person: Person) {
  const folder = join(temp, 'Hashed');
  await copyRealFiles(folder, HASHED_FILES);
  await using app = await launchApp(command, join(temp, 'config-hashing'));
  await setUp(app, { ...person, isNew: false, folder });
  await waitForStatus(app.page, /^(Looking|Uploading)/);
  await app.page.evaluate(PROBE);
  await waitForStatus(app.page, 'Up to date', LONG_MS);
  return await app.page.evaluate<Pick<DesktopFigures, 'answersMs' | 'turnsMs'>>(END_PROBE);
}

function pidOf({ electron }: DesktopApp): number {
  const { pid } = electron.process();
  if (pid === undefined) throw new Error('the app has no process');
  return pid;
}
