import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFile,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Edit, Relocation, Step } from './play.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const LARGE_BYTES = 1_100_000;

/** Plays the steps of a story on a real folder, with a real `instashare watch`. */
export interface RealPlay extends AsyncDisposable {
  readonly configFolder: string;
  step(step: Step): Promise<void>;
  /** Somebody watches the folder, now at the latest, and is ready to be told to end. */
  ensureWatched(): Promise<void>;
  /** Told to end, it ends; gives its exit code, and what it said to be wrong. */
  stop(): Promise<{ readonly exitCode: number | null; readonly stderr: string }>;
  /** The sha256 of the files there are. */
  contents(): Promise<Record<string, string>>;
  /** Whether a file of the folder had this as its whole content at some time. */
  wasWhole(sha256: string): boolean;
}

export async function createRealPlay(): Promise<RealPlay> {
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'instashare-story-')));
  const root = join(outer, 'folder');
  const configFolder = join(outer, 'config');
  await mkdir(root);
  const watch = createWatcher(root, configFolder);
  const whole = new Set<string>();
  let made = 0;
  let undo = () => Promise.resolve();
  const at = (path: string) => join(root, path);
  const content = () => `content ${(made += 1)}`;

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    whole.add(sha256Of(text));
  }
  const edits: Partial<Record<Edit['does'], (path: string) => Promise<void>>> = {
    write: (path) => write(path, content()),
    writeLarge: (path) => write(path, content().padEnd(LARGE_BYTES, '.')),
    async save(path) {
      await write(`${path}.tmp`, content());
      await rename(`${path}.tmp`, path);
    },
    append: (path) => appendFile(path, ' and more'),
    touch: (path) => utimes(path, new Date(), new Date()),
    async remove(path) {
      const bin = join(outer, `bin ${(made += 1)}`);
      await move(path, bin);
      undo = movingBack(bin, path);
    },
  };
  const relocations: Record<Relocation['does'], (path: string, to: string) => Promise<void>> = {
    async rename(path, to) {
      await move(path, to);
      undo = movingBack(to, path);
    },
    async link(path, to) {
      await mkdir(dirname(to), { recursive: true });
      await rm(to, { force: true });
      await link(path, to);
    },
    async copy(path, to) {
      await mkdir(dirname(to), { recursive: true });
      await copyFile(path, to);
    },
    async swap(path, to) {
      if (!(await isThere(to))) return;
      await rename(path, join(root, 'aside'));
      await rename(to, path);
      await rename(join(root, 'aside'), to);
    },
    async renameFolder(path, to) {
      if (await isThere(to)) return;
      await move(path, to);
    },
  };

  async function noteContents(): Promise<void> {
    for (const sha256 of Object.values(await contentsOf(root))) whole.add(sha256);
  }

  return {
    configFolder,
    async ensureWatched() {
      watch.start();
      await watch.heard();
    },
    stop: () => watch.end('SIGTERM'),
    contents: () => contentsOf(root),
    wasWhole: (sha256) => whole.has(sha256),
    async step(step) {
      if ('path' in step) {
        const makes = ['write', 'writeLarge', 'save'].includes(step.does);
        if (!makes && !(await isThere(at(step.path)))) return;
        if (!('to' in step)) await edits[step.does]?.(at(step.path));
        else if (step.to !== step.path) await relocations[step.does](at(step.path), at(step.to));
        await noteContents();
      } else if (step.does === 'wait') await delay(step.ms);
      else if (step.does === 'undo') await undo();
      else if (step.does === 'start') watch.start();
      else await watch.end(step.does === 'kill' ? 'SIGKILL' : 'SIGTERM');
    },
    async [Symbol.asyncDispose]() {
      await watch.end('SIGKILL');
      await rm(outer, { recursive: true, force: true });
    },
  };
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

/** Unless something else is at its place. */
const movingBack = (from: string, to: string) => async () => {
  if ((await isThere(from)) && !(await isThere(to))) await move(from, to);
};

function createWatcher(root: string, configFolder: string) {
  let child: ChildProcess | null = null;
  let stderr = '';
  let heard = Promise.withResolvers<void>();
  return {
    /** It has said something. */
    heard: () => heard.promise,
    start(): void {
      if (child !== null) return;
      stderr = '';
      heard = Promise.withResolvers();
      const { resolve } = heard;
      child = spawn(process.execPath, [MAIN, 'watch', root, '--json'], {
        env: { ...process.env, INSTASHARE_CONFIG_DIR: configFolder },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout?.on('data', () => resolve());
      child.stderr?.on('data', (part) => (stderr += String(part)));
    },
    async end(signal: NodeJS.Signals) {
      const ending = child;
      child = null;
      if (ending !== null && ending.exitCode === null && ending.signalCode === null) {
        const closed = once(ending, 'close');
        ending.kill(signal);
        await closed;
      }
      return { exitCode: ending?.exitCode ?? null, stderr };
    },
  };
}

const sha256Of = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

async function contentsOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const contents: Record<string, string> = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    contents[path.slice(root.length + 1)] = sha256Of(await readFile(path));
  }
  return contents;
}
