/**
 * The main job on real input: several thousand files and one of more than 1 GiB go up by
 * `npm start -- --watch`, everything is killed in the middle, and the same command finishes.
 */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../harness/account.ts';
import { forEachOf, sha256OfDownload } from '../harness/downloads.ts';
import { type Instance, launchInstance } from '../harness/instance.ts';
import { localAccount } from '../harness/local-account.ts';
import { objectBytes, objectFiles, sha256OfFile, sha256sOfRestored } from '../harness/objects.ts';
import { until } from '../harness/poll.ts';
import { readByteCount } from '../harness/processes.ts';
import { pageSchema, type StoredFile, usageSchema } from '../harness/schemas.ts';
import { makeTempFolder, type TempFolder } from '../harness/temp-folder.ts';
import { copyRealFiles, type RealFile, requireFreeSpace, writeLargeFile } from './real-files.ts';

const FILE_COUNT = 3_000;
const MIB = 1024 * 1024;
const LARGE_BYTES = 1025 * MIB;
const MOST_MEMORY_BYTES = 300 * MIB;
const MINUTES_MS = 60_000;

/** What the crash left, as it was just before and just after. */
interface Crash {
  readonly userId: string;
  readonly listed: readonly StoredFile[];
  readonly wholeObjects: readonly string[];
  readonly unfinished: { readonly path: string; readonly sizeBytes: number };
}

const made = new AsyncDisposableStack();
let folder: TempFolder;
let files: RealFile[];
let first: Instance;
let second: Instance;
let crash: Crash;
let user: Account;

const start = (like?: Instance) =>
  launchInstance({ args: ['--watch', folder.path], ...(like === undefined ? {} : { like }) });

async function listAll(): Promise<StoredFile[]> {
  const items: StoredFile[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: { items: StoredFile[]; nextCursor: string | null } = await user.get(
      `/files?limit=1000${query}`,
      pageSchema,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

async function expectLittleMemory(instance: Instance): Promise<void> {
  for (const program of ['api', 'worker'] as const) {
    const peakBytes = await instance.peakMemoryBytes(program);
    console.log(`${program}: at most ${Math.round(peakBytes / MIB)} MiB resident`);
    expect(peakBytes, `most memory of the ${program}`).toBeLessThan(MOST_MEMORY_BYTES);
  }
}

/** Waits for a moment at which some files are stored, others not, and the large one is on its way. */
async function untilInTheMiddle(instance: Instance): Promise<{ path: string }> {
  return until(
    'a moment in the middle of the work',
    async () => {
      const { files: listed } = await user.get('/usage', usageSchema);
      if (listed === files.length) throw new Error('everything was stored before it could be interrupted');
      const unfinished = await findUnfinished(instance, user.auth.user.id);
      return listed >= FILE_COUNT / 10 && unfinished !== null ? unfinished : null;
    },
    { timeoutMs: MINUTES_MS, intervalMs: 20 },
  );
}

/** The large file's upload, when some of it has come: so early that small files are on their way too. */
async function findUnfinished({ dataDir }: Instance, userId: string) {
  for (const path of await objectFiles(dataDir, userId)) {
    if (!path.endsWith('.part')) continue;
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size > LARGE_BYTES / 64) return { path, sizeBytes: size };
  }
  return null;
}

beforeAll(async () => {
  folder = made.use(await makeTempFolder('real-tree'));
  await requireFreeSpace(folder.path);
  files = await copyRealFiles(folder.path, FILE_COUNT);
  files.push(await writeLargeFile(folder.path, 'large.bin', LARGE_BYTES));
  first = made.use(await start());
}, 2 * MINUTES_MS);

afterAll(async () => {
  await made.disposeAsync();
}, MINUTES_MS);

describe('a real tree', { timeout: 3 * MINUTES_MS }, () => {
  test('is killed in the middle, which leaves it half done', async () => {
    await first.ready();
    user = await localAccount(first);
    await untilInTheMiddle(first);
    await expectLittleMemory(first);
    const listed = await listAll();
    const killed = (await first.killEverything()).map(({ command }) => command).join('\n');
    for (const part of [/start\.ts/, /api\/src\/main/, /worker\/src\/main/, /postgres/, /cli\/main/]) {
      expect(killed).toMatch(part);
    }
    await first.exited;

    const userId = user.auth.user.id;
    const unfinished = await findUnfinished(first, userId);
    if (unfinished === null) throw new Error('the crash left no upload half done');
    expect(unfinished.sizeBytes).toBeLessThan(LARGE_BYTES);
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.length, 'files stored before the crash').toBeLessThan(files.length);
    const whole = (await objectFiles(first.dataDir, userId)).filter((path) => !path.endsWith('.part'));
    crash = { userId, listed, wholeObjects: whole.map((path) => basename(path)), unfinished };
    console.log(
      `killed with ${listed.length} of ${files.length} files stored and ` +
        `${Math.round(unfinished.sizeBytes / MIB)} of ${LARGE_BYTES / MIB} MiB of the large one received`,
    );
  });

  test('is finished by the same command: every file becomes ready, nothing is lost', async () => {
    second = made.use(await start(first));
    await second.ready();
    user = await localAccount(second);
    await until(
      'every file to be ready',
      async () => {
        const { byStatus, files: listed } = await user.get('/usage', usageSchema);
        if (byStatus.failed.files > 0) throw new Error(`${byStatus.failed.files} files failed`);
        if (listed === files.length && byStatus.ready.files === files.length) return true;
        throw new Error(`${listed} listed, ${byStatus.ready.files} ready of ${files.length}`);
      },
      { timeoutMs: 2.5 * MINUTES_MS, intervalMs: 250 },
    );
    const expected = files.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
    const listed = (await listAll()).map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 }));
    expect(listed.toSorted(byPath)).toEqual(expected.toSorted(byPath));
  });

  test('was not uploaded twice where it was stored already', async () => {
    const now = new Map((await listAll()).map((file) => [file.path, file]));
    expect([...now.values()].filter(({ version }) => version !== 1)).toEqual([]);
    // Each file of before is the same file, untouched since.
    const identity = ({ path, id, sha256, updatedAt }: StoredFile) => ({ path, id, sha256, updatedAt });
    const same = crash.listed.map(({ path }) => now.get(path)).filter((file) => file !== undefined);
    expect(same.map(identity)).toEqual(crash.listed.map(identity));

    // The large one went on where it stood: the object is the very upload that was cut.
    const objects = await objectFiles(second.dataDir, crash.userId);
    expect(objects).toContain(crash.unfinished.path.replace(/\.part$/, ''));

    // No content that was stored came in again: what came since has other contents.
    const stored = new Set(crash.listed.map(({ sha256 }) => sha256));
    const before = new Set(crash.wholeObjects);
    const cut = basename(crash.unfinished.path, '.part');
    const cameSince = objects.filter((path) => {
      const name = basename(path);
      // An upload that the crash cut off before its first byte has left nothing, which some file's content is as well.
      const isUnfinished = name.endsWith('.part');
      return !name.endsWith('.zst') && !isUnfinished && !before.has(name) && name !== cut;
    });
    const again: string[] = [];
    await forEachOf(cameSince, 8, async (path) => {
      if (stored.has(await sha256OfFile(path))) again.push(path);
    });
    expect(again).toEqual([]);

    // And the api took in no more than was missing (which it reads from sockets; a little more for its code).
    const storedBytes = crash.listed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const allBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const missingBytes = allBytes - storedBytes - crash.unfinished.sizeBytes;
    expect(await readByteCount(await second.pidOfProgram('api'))).toBeLessThan(missingBytes + 100 * MIB);
  });

  test('took little memory of api and worker throughout', async () => {
    await expectLittleMemory(second);
  });

  test('comes down again, each file identical', async () => {
    const sha256s = new Map(files.map(({ path, sha256 }) => [path, sha256]));
    const different: string[] = [];
    await forEachOf(await listAll(), 8, async ({ id, path }) => {
      if ((await sha256OfDownload(user, id)) !== sha256s.get(path)) different.push(path);
    });
    expect(different).toEqual([]);
    await expectLittleMemory(second);
  });

  test('is restored by the stock zstd -d: each stored compressed object', async () => {
    const objects = await objectFiles(second.dataDir, crash.userId);
    const compressed = objects.filter((path) => path.endsWith('.zst'));
    const restored = await sha256sOfRestored(compressed);
    const expected = new Set(
      (await listAll()).filter(({ encoding }) => encoding === 'zstd').map(({ sha256 }) => sha256),
    );
    expect(expected.size).toBeGreaterThan(FILE_COUNT / 4);
    expect([...expected].filter((sha256) => !restored.has(sha256))).toEqual([]);
  });

  test('takes less room: the sums', async () => {
    const { sizeBytes, storedBytes } = await user.get('/usage', usageSchema);
    const inMib = (bytes: number) => (bytes / MIB).toFixed(1);
    console.log(
      `${files.length} files, ${inMib(sizeBytes)} MiB, are stored in ${inMib(storedBytes)} MiB ` +
        `(${((100 * storedBytes) / sizeBytes).toFixed(1)} %); on the disk with what waits to be swept: ` +
        `${inMib(await objectBytes(second.dataDir, crash.userId))} MiB`,
    );
    expect(sizeBytes).toBe(files.reduce((sum, file) => sum + file.sizeBytes, 0));
    expect(storedBytes).toBeLessThan(sizeBytes / 2);
    expect(await stat(join(folder.path, 'large.bin'))).toMatchObject({ size: LARGE_BYTES });
  });

  test('is stopped by Ctrl-C', async () => {
    second.pressCtrlC();
    expect(await second.exited, second.output()).toBe(0);
  });
});
