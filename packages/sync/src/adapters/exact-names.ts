import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Whether things are called exactly as they are asked for. Where the system does not tell cases apart, it finds a file
 * by a name that it does not have, such as the one before it was renamed.
 */
export interface ExactNames {
  /** Of a path below the root that was found, on this device. Rejects when it is gone meanwhile. */
  has(path: string, dev: bigint): Promise<boolean>;
}

export function createExactNames(root: string): ExactNames {
  // Nearly always one, which does tell them apart: that costs one look.
  const foldingDevices = new Map<bigint, boolean>();

  async function folds(path: string, dev: bigint): Promise<boolean> {
    const known = foldingDevices.get(dev);
    if (known !== undefined) return known;
    const swapped = swapCase(path);
    if (swapped === path) return false;
    const isFolding = await isSameThing(join(root, path), join(root, swapped));
    foldingDevices.set(dev, isFolding);
    return isFolding;
  }

  return {
    async has(path, dev) {
      if (!(await folds(path, dev))) return true;
      // These tell the real name of what is found; the others have to be looked through.
      const isTold = process.platform === 'darwin' || process.platform === 'win32';
      return isTold ? (await realPathOf(root, path)) === path : areListed(root, path);
    },
  };
}

/** The last part of a path in the other case. */
function swapCase(path: string): string {
  const start = path.lastIndexOf('/') + 1;
  const name = path.slice(start);
  const lower = name.toLowerCase();
  return path.slice(0, start) + (lower === name ? name.toUpperCase() : lower);
}

async function isSameThing(one: string, other: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([one, other].map((path) => lstat(path, { bigint: true })));
    return first?.ino === second?.ino && first?.dev === second?.dev;
  } catch {
    return false;
  }
}

async function realPathOf(root: string, path: string): Promise<string> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
  return relative(realRoot, real).split(sep).join('/');
}

async function areListed(root: string, path: string): Promise<boolean> {
  let folder = root;
  for (const part of path.split('/')) {
    if (!(await readdir(folder)).includes(part)) return false;
    folder = join(folder, part);
  }
  return true;
}
