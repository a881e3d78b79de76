import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { adminOf } from '../../support/run-admin.ts';
import { dense, openWorkerWorld, text, type WorkerWorld } from '../../support/world.ts';

/** Each run of the command is a start of Node. */
const MANY_RUNS_MS = 120_000;

const BIN = fileURLToPath(new URL('../../../bin/instashare-admin.js', import.meta.url));
const ANY_NUMBER: unknown = expect.any(Number);
const ANY_PATH: unknown = expect.stringMatching(/^file-/);
const MEBIBYTE = 1024 * 1024;

/** Content in every form that it is stored in: as it is, in one frame, seekable, and in objects that are shared. */
async function everyForm(world: WorkerWorld) {
  const identity = await world.store(dense(3000));
  const oneFrame = await world.store(text(200_000));
  const seekable = await world.store(text(20 * MEBIBYTE));
  const bundle = await world.storePack([text(700), text(900)]);
  const small = await world.storePack([text(5000), text(6000), text(7000)]);
  await world.compress([oneFrame]);
  await world.compress([seekable]);
  await world.compress(small.ids);
  return { identity, oneFrame, seekable, bundle: bundle.ids, packed: small.ids };
}

const file = async (world: WorkerWorld, id: string) =>
  join(world.dataDir, 'objects', (await world.blob(id)).objectKey);

async function damage(world: WorkerWorld, id: string): Promise<void> {
  const { objectOffset, storedBytes } = await world.blob(id);
  const path = await file(world, id);
  const bytes = await readFile(path);
  const at = (objectOffset ?? 0) + Math.floor(storedBytes / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

test(
  'verify finds what is damaged, cut or missing in every form of storage, and changes nothing',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const { identity, oneFrame, seekable, bundle, packed } = await everyForm(world);
    const encodings = await world.sql(
      'SELECT DISTINCT encoding, object_offset IS NULL AS alone FROM blobs ORDER BY 1, 2',
    );
    expect(encodings).toHaveLength(4);

    const well = await admin('verify', '--json');
    expect([well.code, well.events()]).toEqual([
      0,
      [{ event: 'verified', checked: 8, checkedBytes: ANY_NUMBER, damaged: 0 }],
    ]);

    await damage(world, identity);
    await damage(world, oneFrame);
    await damage(world, packed[1] ?? '');
    await truncate(await file(world, seekable), 1000);
    await rm(await file(world, bundle[0] ?? ''));
    const before = await world.sql('SELECT * FROM blobs ORDER BY id');
    const bad = await admin('verify', '--json');
    const found = bad.events().map(({ event, id }) => `${String(event)} ${String(id)}`);
    expect([bad.code, found.slice(0, -1).toSorted(), bad.events().at(-1)]).toEqual([
      1,
      [
        `damaged ${identity}`,
        `damaged ${oneFrame}`,
        `damaged ${packed[1]}`,
        `damaged ${seekable}`,
        `missing ${bundle[0]}`,
        `missing ${bundle[1]}`,
      ].toSorted(),
      { event: 'verified', checked: 8, checkedBytes: ANY_NUMBER, damaged: 6 },
    ]);
    expect(bad.events()[0]).toMatchObject({
      email: `${world.userId}@b.c`,
      versions: [{ path: ANY_PATH, number: 1, isInTrash: false }],
      isMarked: false,
    });
    expect(bad.events()[0]?.['advice']).toContain('--mark-failed');
    expect(await world.sql('SELECT * FROM blobs ORDER BY id')).toEqual(before);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await admin('verify', '--since', tomorrow)).stdout).toBe('0 contents, 0 B: all well.\n');
  },
  MANY_RUNS_MS,
);

test(
  'verify --mark-failed fails what is damaged and tells its owner, who can have it repaired',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const content = text(60_000);
    const [good, bad] = [await world.store(text(50_000)), await world.store(content)];
    await world.compress([good]);
    await world.compress([bad]);
    await damage(world, bad);

    const marked = await admin('verify', '--mark-failed');
    expect([marked.code, marked.stdout]).toEqual([1, expect.stringContaining('It is marked as failed')]);
    expect((await world.blob(good)).status).toBe('ready');
    expect(await world.blob(bad)).toMatchObject({ status: 'failed', verifiedAt: null });
    const news = "SELECT count(*)::int AS news FROM changes WHERE kind = 'failed'";
    expect(await world.sql(news)).toEqual([{ news: 1 }]);
    // It is known now: what has failed is not read again.
    expect((await admin('verify')).stdout).toBe('1 contents, 50 kB: all well.\n');
    const again = await world.store(content);
    await world.compress([again]);
    const versions = `SELECT count(*)::int AS versions FROM file_versions WHERE blob_id = '${again}'`;
    expect(await world.sql(versions)).toEqual([{ versions: 2 }]);
  },
  MANY_RUNS_MS,
);

test(
  'a killed verify goes on where it was, and what it had found still counts',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const ids = [];
    for (let count = 0; count < 40; count += 1) ids.push(await world.store(dense(10_000)));
    const [first = ''] = ids.toSorted();
    await damage(world, first);
    const state = join(world.dataDir, 'verify.json');

    const env = {
      ...process.env,
      DATABASE_URL: world.databaseUrl,
      INSTASHARE_DATA_DIR: world.dataDir,
      AUTH_SECRET: 'x'.repeat(32),
    };
    const child = spawn(process.execPath, [BIN, 'verify', '--rate', '50k', '--state', state], { env });
    child.stdout.resume();
    const kept = () => readFile(state, 'utf8').catch(() => '{}');
    await expect.poll(async () => z.unknown().parse(JSON.parse(await kept()))).toMatchObject({ damaged: 1 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { checked } = z.object({ checked: z.number() }).parse(JSON.parse(await kept()));
    expect([checked > 0, checked < 40]).toEqual([true, true]);

    const rest = await admin('verify', '--state', state, '--json');
    expect([rest.code, rest.events()]).toEqual([
      1,
      [
        expect.objectContaining({ event: 'resumed', checked }),
        { event: 'verified', checked: 40, checkedBytes: 400_000, damaged: 1 },
      ],
    ]);
    expect(await kept()).toBe('{}');
    await writeFile(state, '{"something": "else"}');
    expect((await admin('verify', '--state', state)).code).toBe(3);
  },
  MANY_RUNS_MS,
);
