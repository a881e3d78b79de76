import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

async function readLockFile(): Promise<Map<string, LockedPackage>> {
  const text = await readFile(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm's own format, lockfileVersion 3
  const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };
  return new Map(Object.entries(packages));
}

/** Where Node would look for `name` from the package at `path`, nearest first. */
function lookupPaths(path: string, name: string): string[] {
  const parts = path === '' ? [] : path.split('/');
  const folders = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`];
}

// Made where a package was already installed, or with versions whose packages for other systems are not
// published yet, a lock file lacks those packages, and `npm ci` fails for everybody else.
test('the lock file holds the packages of every system', async () => {
  const packages = await readLockFile();
  const missing = [...packages].flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !lookupPaths(path, name).some((candidate) => packages.has(candidate)))
      .map((name) => `${name}, wanted by ${path}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no host, and the hash of every package', async () => {
  const installed = [...(await readLockFile())].filter(
    ([path, { link }]) => path.includes('node_modules/') && link !== true,
  );
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
});
