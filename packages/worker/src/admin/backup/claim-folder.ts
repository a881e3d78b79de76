import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { ObjectStore } from '@instashare/backend/storage';
import { AdminError } from '../admin-error.ts';
import { readManifest } from './manifest.ts';

/** Of a backup's objects. It is no server's id: no server starts on them, and no server's store is taken for a backup. */
const MARK = 'backup-of-';

/**
 * Makes sure that a folder is for backups of this server: what it does not know of, a backup removes. Throws an
 * {@link AdminError}, with nothing changed.
 */
export async function claimFolder(folder: string, objects: ObjectStore, instanceId: string): Promise<void> {
  const [found, manifest] = [await objects.readMark(), await readManifest(folder)];
  if (found === null && manifest === null && (await objects.list({ limit: 1 })).objects.length > 0) {
    throw new AdminError(
      `${join(folder, 'objects')} has objects, and nothing says that they are a backup's. Name another folder.`,
    );
  }
  if (manifest !== null && manifest.instanceId !== instanceId) throw ofAnother(folder);
  const mark = await objects.mark(`${MARK}${instanceId}`);
  if (mark === `${MARK}${instanceId}`) return;
  if (mark.startsWith(MARK)) throw ofAnother(folder);
  throw new AdminError(
    `${join(folder, 'objects')} is the store of a server, and no backup. Name another folder.`,
  );
}

const ofAnother = (folder: string) =>
  new AdminError(`${folder} holds a backup of another server. Name another folder.`);

/** Refuses a backup that would share a folder with the objects of the server, whatever links lead there. */
export async function requireApart(folder: string, liveObjects: string): Promise<void> {
  const [copies, live] = await Promise.all([join(folder, 'objects'), liveObjects].map(realPathOf));
  if (copies === undefined || live === undefined || !(isWithin(copies, live) || isWithin(live, copies)))
    return;
  throw new AdminError(
    `A backup in ${folder} would lie among the objects of the server (${live}). Name another folder.`,
  );
}

const isWithin = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
};

/** Also of what is not there yet. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    return join(await realPathOf(dirname(resolve(path))), basename(path));
  }
}
