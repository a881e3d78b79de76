import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { makeTempFolder } from '../acceptance/harness/temp-folder.ts';
import { logIn, startServer, type User } from './server.ts';

const CHANGES = 20;
const POLL_INTERVAL_MS = 5;
const LOCAL_EMAIL = 'local@instashare.invalid';

const listSchema = z.object({ items: z.array(z.object({ path: z.string() })) });

/** In milliseconds. */
export interface ChangeFigures {
  /** From the end of writing a file to when it is stored, under `npm start -- --watch`. */
  readonly latenciesMs: readonly number[];
  /** Of writing such a file beside, with an fsync of it and of its folder: what anybody needs who promises to keep it. */
  readonly plainMs: readonly number[];
}

export async function measureChangeLatency(): Promise<ChangeFigures> {
  await using plain = await makeTempFolder('bench-plain');
  await using folder = await makeTempFolder('bench-watched');
  await writeFile(join(folder.path, 'first.txt'), 'first');
  await using instance = await startServer(['--watch', folder.path]);
  const user = await logInLocally(instance.url, instance.dataDir);
  await untilListed(user, 'first.txt');
  const [latenciesMs, plainMs]: [number[], number[]] = [[], []];
  for (let change = 0; change < CHANGES; change += 1) {
    const name = `change-${change}.txt`;
    await writeFile(join(folder.path, name), `change ${change}`);
    const written = performance.now();
    await untilListed(user, name);
    latenciesMs.push(performance.now() - written);
    plainMs.push(await msToKeep(plain.path, name));
    await delay(100);
  }
  return { latenciesMs, plainMs };
}

async function msToKeep(folder: string, name: string): Promise<number> {
  const begun = performance.now();
  await writeFile(join(folder, name), name, { flush: true });
  const directory = await open(folder);
  await directory.sync();
  await directory.close();
  return performance.now() - begun;
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
