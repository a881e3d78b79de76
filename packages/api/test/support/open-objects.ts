import { readdir, readlink } from 'node:fs/promises';

/** Objects of this user that this process has open (Linux). Names of files that are gone end in " (deleted)". */
export async function openObjects(userId: string): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target.includes(userId)).length;
}
