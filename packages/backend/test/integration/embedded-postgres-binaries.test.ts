import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { binariesIn, completeBinaries, findBinaries } from '../../src/database/embedded/binaries.ts';
import { reachableBinaries } from '../../src/database/embedded/reachable-binaries.ts';
import { findServerUser } from '../../src/database/embedded/server-user.ts';

vi.setConfig({ testTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
const onNotice = () => {};

/** The installed binaries in a folder of their own, beside a folder for copies that everybody can reach. */
async function privateBinaries() {
  const folder = await mkdtemp(join(tmpdir(), 'instashare-test-'));
  const { root, version } = await findBinaries();
  const own = join(folder, 'private', 'native');
  await cp(root, own, { recursive: true, verbatimSymlinks: true });
  await chmod(dirname(own), 0o700);
  await chmod(folder, 0o755);
  return {
    binaries: binariesIn(own, version),
    copiesFolder: join(folder, 'copies'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const versionOf = async (program: string) => (await promisify(execFile)(program, ['--version'])).stdout;

test('links and execute rights that npm left out are made', async () => {
  await using own = await privateBinaries();
  const { binaries } = own;
  const lib = join(binaries.root, 'lib');
  const links = (await readdir(lib, { withFileTypes: true })).filter((entry) => entry.isSymbolicLink());
  await Promise.all(links.map(({ name }) => rm(join(lib, name))));
  await chmod(binaries.postgres, 0o644);
  await expect(versionOf(binaries.postgres)).rejects.toThrow('EACCES');

  await completeBinaries(binaries);

  expect(await versionOf(binaries.postgres)).toMatch(/^postgres \(PostgreSQL\) 18/);
});

test('programs that run are used where they are', async () => {
  await using own = await privateBinaries();
  expect(await reachableBinaries(own.binaries, { user: null, onNotice })).toBe(own.binaries);
});

test('programs that do not run are named with the reason', async () => {
  await using own = await privateBinaries();
  await truncate(own.binaries.postgres, 0);
  await expect(reachableBinaries(own.binaries, { user: null, onNotice })).rejects.toThrow(
    /PostgreSQL's programs do not run on this system: .*bin\/postgres/,
  );
});

// Only root runs PostgreSQL as somebody else.
test.runIf(isRoot)('as root, programs in a private folder run from a copy, made once', async () => {
  await using own = await privateBinaries();
  const user = await findServerUser(onNotice);
  // As npm installs them for a root whose files are private.
  for (const folder of ['share', 'lib']) await chmod(join(own.binaries.root, folder), 0o700);
  const notices: string[] = [];
  const reach = () =>
    reachableBinaries(own.binaries, {
      user,
      copiesFolder: own.copiesFolder,
      onNotice: (line) => notices.push(line),
    });

  const [copy] = await Promise.all([reach(), reach()]);
  const made = await lstat(copy.root);
  expect(dirname(copy.root)).toBe(own.copiesFolder);
  expect(notices[0]).toContain(copy.root);
  expect(
    await promisify(execFile)(copy.postgres, ['-C', 'shared_buffers', '-D', '/nowhere'], { ...user }).catch(
      String,
    ),
  ).toMatch(/nowhere/);

  expect(await reach()).toEqual(copy);
  expect((await lstat(copy.root)).ino).toBe(made.ino);
  expect(await readdir(own.copiesFolder)).toHaveLength(1);

  await truncate(copy.postgres, 0);
  expect((await stat((await reach()).postgres)).size).toBeGreaterThan(0);
});
