import { createHash } from 'node:crypto';
import { lstat, mkdir, rmdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';

/** The system allows no longer address (104 on macOS, 108 on Linux, an end mark included). */
const MAX_SOCKET_PATH_BYTES = 100;

export interface AddressOptions {
  /** Folder of the state, which only its owner can look into. */
  readonly stateFolder: string;
  /** Of the watched folder's state. */
  readonly name: string;
  readonly platform: NodeJS.Platform;
}

/** Where a watch listens: a Unix domain socket beside its state, or a named pipe on Windows. */
export function controlAddress({ stateFolder, name, platform }: AddressOptions): string {
  const hash = createHash('sha256').update(`${stateFolder}\0${name}`).digest('hex').slice(0, 32);
  if (platform === 'win32') return String.raw`\\.\pipe\instashare-${hash}`;
  const beside = join(stateFolder, `${name}.sock`);
  if (Buffer.byteLength(beside) <= MAX_SOCKET_PATH_BYTES) return beside;
  return join(fallbackFolder(), `${hash}.sock`);
}

/** For addresses that would be too long beside the state. */
const fallbackFolder = () => join(tmpdir(), `instashare-${userInfo().uid}`);

/** Removes the folder of an address where that is not the state's, unless others listen there. */
export async function clearAddress(address: string): Promise<void> {
  const folder = fallbackFolder();
  if (address.startsWith(`${folder}/`)) await rmdir(folder).catch(() => undefined);
}

/** Makes the folder of an address where that is not the state's. Rejects when it is another person's. */
export async function prepareAddress(address: string): Promise<void> {
  const folder = fallbackFolder();
  if (!address.startsWith(`${folder}/`)) return;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await lstat(folder);
  if (uid === userInfo().uid && (mode & 0o077) === 0) return;
  throw new CliError(
    `${folder} is open to others: remove it, or set INSTASHARE_CONFIG_DIR to a shorter path`,
  );
}
