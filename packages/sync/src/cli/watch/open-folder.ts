import { createHash } from 'node:crypto';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { acquireProcessLock } from '../../adapters/process-lock.ts';
import { type OpenedState, openSqliteState } from '../../adapters/sqlite-state.ts';
import { CliError } from '../cli-error.ts';
import { makePrivateFolder } from '../config-folder.ts';
import { printable } from '../format.ts';
import { claimTarget } from './claim-target.ts';

/** The folder's real path. Rejects with words for the person when it can't be watched. */
export async function findFolder(folder: string): Promise<string> {
  try {
    const path = await realpath(folder);
    if (!(await stat(path)).isDirectory()) throw new CliError(`${folder} is not a folder`);
    await access(path, constants.R_OK | constants.X_OK);
    return path;
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause instanceof CliError) throw cause;
    switch (cause.code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw new CliError(`There is no folder ${folder}`, { cause });
      case 'EACCES':
      case 'EPERM':
        throw new CliError(`The folder ${folder} can't be read: permission denied`, { cause });
      default:
        throw cause;
    }
  }
}

export interface FolderState extends Disposable {
  readonly state: OpenedState;
  /** Of all that is kept of it, in the folder of states. */
  readonly name: string;
}

export interface FolderIdentity {
  readonly configFolder: string;
  readonly server: string;
  readonly userId: string;
  readonly folder: string;
  /** What the folder is on the server; '' is the root. */
  readonly prefix: string;
}

const nameFor = (...parts: readonly string[]) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);

export const stateFolderOf = (configFolder: string): string => join(configFolder, 'state');

function stateNameOf({ server, userId, folder, prefix }: FolderIdentity): string {
  return nameFor(server, userId, folder, ...(prefix === '' ? [] : [prefix]));
}

export const statePathOf = (identity: FolderIdentity): string =>
  join(stateFolderOf(identity.configFolder), `${stateNameOf(identity)}.db`);

/**
 * The state of one folder at one target of one account. Rejects when another process is at work on it, or when
 * another folder has this target.
 */
export async function openFolderState(identity: FolderIdentity): Promise<FolderState> {
  const { configFolder, server, userId, folder, prefix } = identity;
  const stateFolder = stateFolderOf(configFolder);
  await makePrivateFolder(stateFolder);
  const name = stateNameOf(identity);
  const target = join(stateFolder, `${nameFor(server, userId, prefix)}.target`);
  const lock = await acquireProcessLock(join(stateFolder, `${name}.lock`), 0);
  if (lock === null) throw new CliError(`Another "instashare watch" is at work on ${folder}`);
  try {
    await claimTarget({ path: target, folder, prefix });
    const state = openSqliteState(statePathOf(identity));
    return {
      state,
      name,
      [Symbol.dispose]() {
        state[Symbol.dispose]();
        lock[Symbol.dispose]();
      },
    };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/** A server on this machine keeps its data in a folder of this name: uploading that would never end. */
const DATA_FOLDER_NAME = '.instashare';
/** What a download is called until it is whole. */
const PART_NAME = /^\.instashare-[0-9a-f]{8}-[0-9a-f]{32}\.part$/;

/**
 * Which paths below `folder` are never uploaded; `ownFolders` are absolute, and ours: credentials, state, data. Throws
 * when `folder` is one of them or lies in one.
 */
export function exclusionsFor(folder: string, ownFolders: readonly string[]): (localPath: string) => boolean {
  if (ownFolders.some((path) => isWithin(path, folder))) {
    throw new CliError(`${printable(folder)} is where Instashare keeps what is its own: it is not uploaded`);
  }
  const own = new Set(
    ownFolders
      .map((path) => relative(folder, path))
      .filter((path) => path !== '' && !path.startsWith('..') && !isAbsolute(path))
      .map((path) => path.split(sep).join('/')),
  );
  return (localPath) => {
    const name = localPath.slice(localPath.lastIndexOf('/') + 1);
    return name === DATA_FOLDER_NAME || PART_NAME.test(name) || own.has(localPath);
  };
}

function isWithin(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}
