import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

const recordSchema = z.object({
  /** Absolute and real. */
  folder: z.string(),
  /** What the folder is on the server; '' is the root. */
  to: z.string(),
  server: z.string(),
  /** Where the watch listens. */
  address: z.string(),
});

/** A watch that runs, or did until it crashed: only whoever asks at its address knows. */
export type WatchRecord = z.infer<typeof recordSchema>;

const SUFFIX = '.watch.json';

/** Notes down that a watch runs; disposing takes the note away. */
export async function recordWatch(
  stateFolder: string,
  name: string,
  record: WatchRecord,
): Promise<AsyncDisposable> {
  const path = join(stateFolder, `${name}${SUFFIX}`);
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

/** All that are noted down, in the order of their folders. */
export async function readWatches(stateFolder: string): Promise<WatchRecord[]> {
  const names = await readdir(stateFolder).catch(() => []);
  const records: WatchRecord[] = [];
  for (const name of names.filter((each) => each.endsWith(SUFFIX))) {
    const text = await readFile(join(stateFolder, name), 'utf8').catch(() => '');
    const record = recordSchema.safeParse(parseJson(text));
    // One that is being written at this moment, or gone.
    if (record.success) records.push(record.data);
  }
  return records.toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}
