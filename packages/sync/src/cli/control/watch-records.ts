import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../parse-json.ts';

/** A watch that runs, or did until it crashed: only whoever asks at its address knows. */
export interface WatchRecord {
  /** Absolute and real. */
  readonly folder: string;
  /** What the folder is on the server; '' is the root. */
  readonly to: string;
  readonly server: string;
  /** Where the watch listens. */
  readonly address: string;
}

/** By hand: loading a library for it would take longer than a watch to start. */
function isRecord(value: unknown): value is WatchRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return ['folder', 'to', 'server', 'address'].every((name) => typeof fields.get(name) === 'string');
}

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
    const record = parseJson(text);
    // One that is being written at this moment, or gone.
    if (isRecord(record)) records.push(record);
  }
  return records.toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}
