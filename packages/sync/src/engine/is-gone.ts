import type { FileSystem } from './environment.ts';

/**
 * True when the file that was at a path is not there any more: there is nothing, or a folder. Not when a link or
 * something else stands in its place, which is not followed: what it leads to may be the same. Nor when it can't be
 * told.
 */
export async function isGone(files: Pick<FileSystem, 'look'>, localPath: string): Promise<boolean> {
  try {
    const entry = await files.look(localPath);
    return entry === null || entry.kind === 'folder';
  } catch {
    return false;
  }
}
