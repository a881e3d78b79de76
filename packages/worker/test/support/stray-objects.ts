import { randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { WorkerWorld } from './world.ts';

/** An object that nothing names, of this age. */
export async function strayObject(world: WorkerWorld, ageMs: number, name = randomUUID()): Promise<string> {
  const key = `${world.userId}/${name}`;
  await world.objects.put(key, Readable.from([Buffer.from('stray')]));
  await setAge(world, key, ageMs);
  return key;
}

export async function setAge(world: WorkerWorld, name: string, ageMs: number): Promise<void> {
  const time = new Date(world.now.getTime() - ageMs);
  await utimes(join(world.dataDir, 'objects', name), time, time);
}
