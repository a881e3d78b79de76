/**
 * The disk of the objects runs full, again and again, while clients work and the worker compresses: who sends is told
 * so, nothing half-written stays, and when there is room again everything goes on.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { Full, send } from './requests.ts';
import { openScene } from './scene.ts';
import { canMountDisks, mountSmallDisk } from './small-disk.ts';

const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
const DISK_MIB = 48;
const TIMES_FULL = 4;

test.skipIf(!canMountDisks)('the disk runs full, again and again', { timeout: 300_000 }, async () => {
  await using disk = await mountSmallDisk(DISK_MIB);
  await using database = await createTestDatabase();
  const random = createRandom(SEED);
  const target = { databaseUrl: database.url, redisUrl: null, dataDir: disk.path, random };
  // Nothing is kept back: each write finds out for itself.
  await using scene = await openScene({ ...target, environment: { DISK_RESERVE_MIB: '0' } });
  const [actor] = scene.actors;
  if (actor === undefined) throw new Error('a scene has actors');

  await scene.whileWorking(async (signal) => {
    for (let time = 0; time < TIMES_FULL && !signal.aborted; time += 1) {
      await delay(500 + random.below(1000));
      await disk.fill();
      await delay(500 + random.below(1500));
      await disk.free();
    }
    await delay(500);
  });

  // That it is not there afterwards, the scene looks for itself.
  await disk.fill();
  const form = new FormData();
  form.append('file', new Blob(['no room for this '.repeat(32 * 1024)]), 'too large');
  await expect(send(actor.account, '/upload_files', { method: 'POST', body: form })).rejects.toThrow(Full);
  await disk.free();

  expect(scene.programs.map((program) => program.isRunning())).toEqual([true, true]);
  expect(await scene.faults({ afterDays: 2 }), `seed ${SEED}`).toEqual([]);
  expect(scene.acknowledged()).toBeGreaterThan(20);
});
