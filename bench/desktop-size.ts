/** How large the app is when it is installed, unpacked, and how much of it is Electron. */
import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makePackage } from '../acceptance/desktop/make-package.ts';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';

export interface DesktopSize {
  readonly totalBytes: number;
  /** Our code with all libraries in it, and those that are binaries beside it. */
  readonly ownBytes: number;
}

/** Of the app that is built. */
export async function measureDesktopSize(): Promise<DesktopSize> {
  await using temp = await makeTempFolder('bench-desktop-size');
  const { resources } = await makePackage(temp.path);
  const own = ['app.asar', 'app.asar.unpacked'].map((name) => sizeOf(join(resources, name)));
  const [asarBytes = 0, besideBytes = 0] = await Promise.all(own);
  return { totalBytes: await sizeOf(dirname(resources)), ownBytes: asarBytes + besideBytes };
}

/** Of a file, or of all files in a folder; not what the disk rounds them up to. */
async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
