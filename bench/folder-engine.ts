/** The folder engine over a large tree: what a watch takes for it, in time, memory and processor time. */
import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { runCli, uploadEnvironment } from './command-line.ts';
import { idleCpuMs, type Memory, memoryOf } from './process-figures.ts';
import { type RunningWatch, startWatch } from './running-watch.ts';
import { registerUser, startServer, type User } from './server.ts';
import type { SmallFiles } from './small-files.ts';

/** One run over the tree; more files at its end. */
export interface FolderRun {
  readonly firstSeconds: number;
  readonly uploading: Memory;
  readonly idleMsPerMinute: number;
  readonly latenciesMs: readonly number[];
  readonly movedSeconds: number;
  readonly rescanSeconds: number;
  readonly watched: Memory;
  readonly onceSeconds: number;
  readonly onceScanSeconds: number;
  readonly onceChangedSeconds: number;
  /** Watches that find nothing changed, over all that was there and over more. */
  readonly atRest: Memory;
  readonly grown: Memory;
  readonly grownAtRest: Memory;
}

/** In how many folders the files lie. */
const PARTS = 8;

export interface TreeSize {
  readonly files: number;
  /** In the folder that is moved. */
  readonly filesInAPart: number;
  /** Added at the end of a run. */
  readonly moreFiles: number;
}

export function treeSizeOf(files: number): TreeSize {
  return { files, filesInAPart: Math.ceil(files / PARTS), moreFiles: Math.ceil(files / 4) };
}

export interface Tree {
  readonly size: TreeSize;
  readonly folder: string;
  readonly paths: readonly string[];
  /** What is still to be had of the machine's files. */
  readonly more: SmallFiles;
}

const CHANGES = 20;
const IDLE_SECONDS = 60;
/** Between two changes, so that each is one by itself. */
const CALM_MS = 500;

export async function measureFolder(tree: Tree, note: (text: string) => void): Promise<FolderRun> {
  await using instance = await startServer();
  const user = await registerUser(instance.url);
  await using config = await makeTempFolder('cli');
  const environment = await uploadEnvironment(user, { folder: config.path, url: instance.url });
  const watched = await watchTree(tree, { user, environment, note });
  note('  once, nothing changed; once, one change');
  const once = await runCli(['watch', tree.folder, '--once', '--json'], environment);
  await changeOne(tree, CHANGES);
  const changed = await runCli(['watch', tree.folder, '--once', '--json'], environment);
  const atRest = await memoryOfWatch(tree, environment);
  note(`  ${tree.size.moreFiles} more files`);
  await tree.more.copy(tree.size.moreFiles);
  return {
    ...watched,
    onceSeconds: once.endedAtMs / 1000,
    onceScanSeconds: once.scanMs / 1000,
    onceChangedSeconds: changed.endedAtMs / 1000,
    atRest,
    grown: await memoryOfWatch(tree, environment),
    grownAtRest: await memoryOfWatch(tree, environment),
  };
}

/** Of another watch, when everything is stored. */
async function memoryOfWatch(tree: Tree, environment: NodeJS.ProcessEnv): Promise<Memory> {
  await using watch = startWatch(tree.folder, environment);
  await upToDate(watch);
  return await memoryOf(watch.pid);
}

interface Context {
  readonly user: User;
  readonly environment: NodeJS.ProcessEnv;
  readonly note: (text: string) => void;
}

type Watched = Omit<
  FolderRun,
  'onceSeconds' | 'onceScanSeconds' | 'onceChangedSeconds' | 'atRest' | 'grown' | 'grownAtRest'
>;

async function watchTree(tree: Tree, { user, environment, note }: Context): Promise<Watched> {
  note(`  first upload of ${tree.size.files} files`);
  const begun = performance.now();
  await using watch = startWatch(tree.folder, environment);
  const stored = await upToDate(watch);
  const firstSeconds = (performance.now() - begun) / 1000;
  const uploading = await memoryOf(watch.pid);
  note(`  ${stored} files stored in ${firstSeconds.toFixed(1)} s; waiting for the worker`);
  await untilCompressed(user);
  note(`  idle for ${IDLE_SECONDS} s`);
  const idleMsPerMinute = (await idleCpuMs(watch.pid, IDLE_SECONDS)) * (60 / IDLE_SECONDS);
  note(`  ${CHANGES} changes, one after the other`);
  const latenciesMs: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) latenciesMs.push(await latencyOf(watch, tree, change));
  note(`  a folder of ${tree.size.filesInAPart} files is renamed`);
  const movedSeconds = await moveAPart(watch, tree, user);
  note('  looking through the folder again');
  const rescanSeconds = await rescan(watch, tree, environment);
  return {
    firstSeconds,
    uploading,
    idleMsPerMinute,
    latenciesMs,
    movedSeconds,
    rescanSeconds,
    watched: await memoryOf(watch.pid),
  };
}

const upToDate = (watch: RunningWatch): Promise<number> =>
  watch.next((event) => (event.event === 'up_to_date' ? event.files : null));

/** Else it would go on beside what is measured next. */
async function untilCompressed(user: User): Promise<void> {
  for (;;) {
    const { files, byStatus } = await user.usage();
    if (byStatus.ready.files + byStatus.failed.files === files) return;
    await delay(1_000);
  }
}

/** The files that change lie all over the tree, but for the part that is moved. */
export async function changeOne(tree: Tree, change: number): Promise<string> {
  const { filesInAPart } = tree.size;
  const step = Math.floor((tree.paths.length - filesInAPart) / (2 * CHANGES));
  const path = tree.paths[filesInAPart + change * step] ?? '';
  await appendFile(join(tree.folder, path), `\nchange ${change} of ${Date.now()}`);
  return path;
}

async function latencyOf(watch: RunningWatch, tree: Tree, change: number): Promise<number> {
  const stored = watch.next((event) => (event.event === 'stored' ? event.path : null));
  const path = await changeOne(tree, change);
  const written = performance.now();
  const found = await stored;
  const latencyMs = performance.now() - written;
  if (found !== path) throw new Error(`${found} was stored, which nobody changed`);
  await delay(CALM_MS);
  return latencyMs;
}

/** Until every file is at its new path; the server is asked whether that is so. */
async function moveAPart(watch: RunningWatch, tree: Tree, user: User): Promise<number> {
  const arrived = new Set<string>();
  const all = watch.next((event) => {
    const isArrival =
      (event.event === 'moved' || event.event === 'stored') && event.path.startsWith('moved/');
    if (isArrival) arrived.add(event.path);
    return arrived.size === tree.size.filesInAPart ? true : null;
  });
  const begun = performance.now();
  await rename(join(tree.folder, 'part-0'), join(tree.folder, 'moved'));
  await all;
  const seconds = (performance.now() - begun) / 1000;
  await requireNoneBelow(user, 'part-0/');
  await moveBack(watch, tree);
  return seconds;
}

const listSchema = z.object({ items: z.array(z.object({ path: z.string() })) });

async function requireNoneBelow(user: User, prefix: string): Promise<void> {
  const query = new URLSearchParams({ prefix }).toString();
  const { items } = await user.request('GET', `/files?${query}`, { schema: listSchema });
  const [left] = items;
  if (left !== undefined) throw new Error(`the server still has ${left.path}, which was moved`);
}

async function moveBack(watch: RunningWatch, tree: Tree): Promise<void> {
  const back = upToDate(watch);
  await rename(join(tree.folder, 'moved'), join(tree.folder, 'part-0'));
  await back;
}

/** How long a look at everything takes a watch that runs: by its own account, in its event. */
async function rescan(watch: RunningWatch, tree: Tree, environment: NodeJS.ProcessEnv): Promise<number> {
  const scanned = watch.next((event) => (event.event === 'scanned' ? event.durationMs : null));
  const [durationMs] = await Promise.all([scanned, runCli(['sync', tree.folder], environment)]);
  return durationMs / 1000;
}
