/** What an image holds and how it runs, on this machine and without an engine: as its Dockerfile says. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, constants, copyFile, cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { CHECKOUT, type Dockerfile, readDockerfile } from './dockerfile.ts';

const run = promisify(execFile);

/** Any user who may read all and write nothing of the image. */
const NOBODY = 65_534;
export const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

export interface Image {
  readonly app: string;
  readonly dockerfile: Dockerfile;
}

interface Locked {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly integrity?: string;
  /** Of a link: the folder of the workspace. */
  readonly resolved?: string;
}

/**
 * Does what the stages `pruned` and `built` do, in an empty folder. What npm would install is taken from `libraries`,
 * where npm has installed the same: from the lock file alone, so that what this does not name is not there. npm itself
 * only says whether it would, which takes a moment where installing takes half a minute.
 */
export async function buildImage(
  name: 'api' | 'worker',
  folder: string,
  libraries: { readonly folder: string; readonly by: 'copy' | 'link' },
): Promise<Image> {
  const dockerfile = await readDockerfile(name);
  const [prune = ''] = dockerfile.runs('pruned');
  const [, args = ''] = / (prune .*) --out-dir out$/.exec(prune) ?? [];
  const out = join(folder, 'out');
  const app = join(folder, name);
  await run('turbo', [...args.split(' '), '--out-dir', out], { cwd: CHECKOUT });
  await cp(join(out, 'json'), app, { recursive: true });
  const [install = '', ...clean] = dockerfile.runs('built');
  expect(install).toMatch(/^npm ci .*--omit=dev/);
  await shell(`${install} --dry-run --offline`, app);
  await addLibraries(app, libraries);
  await cp(join(out, 'full'), app, { recursive: true });
  for (const command of clean) await shell(command, app);
  await rm(out, { recursive: true });
  return { app, dockerfile };
}

async function addLibraries(
  app: string,
  { folder, by }: { readonly folder: string; readonly by: 'copy' | 'link' },
): Promise<void> {
  const wanted = [...(await packagesOf(app))].filter(([, { dev }]) => dev !== true);
  const there = await packagesOf(folder);
  const isOther = ([path, { link, integrity }]: (typeof wanted)[number]) =>
    link !== true && there.get(path)?.integrity !== integrity;
  expect(wanted.filter(isOther).map(([path]) => path)).toEqual([]);
  // What is for other systems, or was removed as of no use, is not there.
  const paths = wanted.filter(([path, { link }]) => link !== true && existsSync(join(folder, path)));
  const outermost = paths.map(([path]) => path).filter((path) => path.split('node_modules/').length === 2);
  await run('cp', ['-a', ...(by === 'link' ? ['-l'] : []), '--parents', ...outermost, app], { cwd: folder });
  for (const [path, { link, resolved = '' }] of wanted) {
    if (link !== true) continue;
    await mkdir(dirname(join(app, path)), { recursive: true });
    await symlink(join(app, resolved), join(app, path));
  }
}

async function packagesOf(app: string): Promise<Map<string, Locked>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm's own format, lockfileVersion 3
  const lock = JSON.parse(await readFile(join(app, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return new Map(Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/')));
}

const shell = (command: string, cwd: string) =>
  run('sh', ['-euc', command], { cwd, env: cleanEnvironment() });

/** npm tells its scripts much about themselves, which is not for the npm in an image. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter((name) => !/^(npm_|INIT_CWD|NODE_|VITEST)/.test(name));
  const environment = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  // npm keeps compiled code in the temporary folder.
  return { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' };
}

/** Nobody but its owner could change it, and root that is bound by permissions can't either. */
export async function makeReadOnly(folder: string): Promise<void> {
  await shell(`chmod -R a-w,a+rX .`, folder);
}

/** Who is not root can remove nothing from a folder that is read-only. */
export async function makeRemovable(folder: string): Promise<void> {
  await shell(`find . -type d ! -perm -u+w -exec chmod u+w {} +`, folder);
}

/** This Node, where everybody can run it. Gives the folder to put into `PATH`. */
export async function copyNode(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await copyFile(process.execPath, join(bin, 'node'), constants.COPYFILE_FICLONE);
  await chmod(join(bin, 'node'), 0o755);
  return bin;
}

export interface Container extends AsyncDisposable {
  readonly output: () => string;
  /** Tells it to end as an engine does; gives its exit code. */
  readonly stop: () => Promise<number | null>;
  readonly exited: Promise<number | null>;
}

/** Runs a command of an image as nobody, with what the image and `environment` set, and nothing else. */
export function runContainer(
  { app, dockerfile }: Image,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Container {
  const child: ChildProcess = spawn(program, args, {
    cwd: app,
    env: { ...dockerfile.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asNobody,
  });
  let output = '';
  const add = (chunk: unknown) => {
    output += String(chunk);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  const exited = once(child, 'close').then(() => child.exitCode);
  return {
    output: () => output,
    exited,
    stop() {
      child.kill(dockerfile.value('STOPSIGNAL') === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
      return exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
