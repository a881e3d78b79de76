import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { logIn, startServer, type User } from './server.ts';

const CHANGES = 20;
const POLL_INTERVAL_MS = 5;
const LOCAL_EMAIL = 'local@instashare.invalid';

const listSchema = z.object({ items: z.array(z.object({ path: z.string() })) });

/** Milliseconds from the end of writing a file to when it is stored, under `npm start -- --watch`. */
export async function measureChangeLatency(): Promise<number[]> {
  await using folder = await makeTempFolder('bench-watched');
  await writeFile(join(folder.path, 'first.txt'), 'first');
  await using instance = await startServer(['--watch', folder.path]);
  const user = await logInLocally(instance.url, instance.dataDir);
  await untilListed(user, 'first.txt');
  const latenciesMs: number[] = [];
  for (let change = 0; change < CHANGES; change += 1) {
    const name = `change-${change}.txt`;
    await writeFile(join(folder.path, name), `change ${change}`);
    const written = performance.now();
    await untilListed(user, name);
    latenciesMs.push(performance.now() - written);
    await delay(100);
  }
  return latenciesMs;
}

async function logInLocally(url: string, dataDir: string): Promise<User> {
  for (;;) {
    const password = await readFile(join(dataDir, 'local-account', 'password'), 'utf8').catch(() => null);
    const user = password === null ? null : await logIn(url, LOCAL_EMAIL, password.trim()).catch(() => null);
    if (user !== null) return user;
    await delay(POLL_INTERVAL_MS);
  }
}

async function untilListed(user: User, path: string): Promise<void> {
  for (;;) {
    const query = new URLSearchParams({ prefix: path }).toString();
    const { items } = await user.request('GET', `/files?${query}`, { schema: listSchema });
    if (items.some((file) => file.path === path)) return;
    await delay(POLL_INTERVAL_MS);
  }
}
