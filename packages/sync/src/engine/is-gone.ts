import { ancestorsOf } from '../model/local-path.ts';
import type { FileSystem } from './environment.ts';

/**
 * True when the file that was at a path is not there any more: there is nothing, or a folder. Not when a link or
 * something else stands in its place, or in that of a folder on the way, which is not followed: what it leads to may
 * be the same. Nor when it can't be told.
 */
export async function isGone(files: Pick<FileSystem, 'look'>, localPath: string): Promise<boolean> {
  try {
    const entry = await files.look(localPath);
    if (entry !== null) return entry.kind === 'folder';
    for (const folder of ancestorsOf(localPath)) {
      const onTheWay = await files.look(folder);
      if (onTheWay === null) return true;
      if (onTheWay.kind !== 'folder') return onTheWay.kind === 'file';
    }
    return true;
  } catch {
    return false;
  }
}
