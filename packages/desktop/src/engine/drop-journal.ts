import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { failureSchema } from '../shared/procedure.ts';

/** An upload that the server keeps open: its id is no secret, since only its account can go on with it. */
const begunUploadSchema = z.object({
  uploadId: z.string(),
  /** Tells the state that the file was in from all others. */
  fileState: z.string(),
});
export type BegunUpload = z.infer<typeof begunUploadSchema>;

const recordSchema = z.object({
  id: z.number(),
  /** `drop`: what was dropped and has not been looked through yet; `file`: one file to upload. */
  kind: z.enum(['drop', 'file']),
  localPath: z.string(),
  /** On the server. */
  path: z.string(),
  sizeBytes: z.number(),
  /** Its upload that was begun; null where there is none to go on with. */
  begun: begunUploadSchema.nullable().default(null),
  /** Why it failed, until somebody has decided; null while it is to be uploaded. */
  failure: failureSchema.nullable(),
});
export type DropRecord = z.infer<typeof recordSchema>;

const lineSchema = z.union([z.object({ put: recordSchema }), z.object({ remove: z.number() })]);
type Line = z.infer<typeof lineSchema>;

/**
 * What was dropped onto the window and is not uploaded yet, so that a crash forgets nothing of it: a file of lines,
 * each a change. What is put is in the system's hands when the call returns, and outlives a power cut once it is flushed.
 */
export interface DropJournal extends Disposable {
  /** What was in it when it was opened, in order. */
  readonly left: readonly DropRecord[];
  /** Nothing is in it now. */
  readonly isEmpty: boolean;
  /** Throws when the disk does not take it. */
  add(entry: Omit<DropRecord, 'id' | 'begun' | 'failure'>): DropRecord;
  /** Changes one that is in it; one that is not stays out. */
  update(record: DropRecord): void;
  remove(id: number): void;
  /** The uploads of what is in it now that were begun. */
  begunUploads(): readonly BegunUpload[];
  /** Forgets all of it, and whatever comes late. */
  clear(): void;
  flush(): Promise<void>;
}

/** One for each account: what was dropped for one never goes to another. */
export function dropJournalPath(
  configFolder: string,
  { server, userId }: { readonly server: string; readonly userId: string },
): string {
  const name = createHash('sha256').update(`${server}\0${userId}`).digest('hex').slice(0, 32);
  return join(configFolder, 'desktop', `dropped-${name}.jsonl`);
}

const syncToDisk = promisify(fdatasync);

export function openDropJournal(path: string): DropJournal {
  const left = readLeft(path);
  // Without what is done, and without a last line that a crash has cut off. On a full disk it stays as it is.
  const isReplaced = tryTo(() => replaceFile(path, left));
  const records = new Map(left.map((record) => [record.id, record]));
  let lastId = Math.max(0, ...records.keys());
  const file = createLineFile(path, !isReplaced);

  function empty(): void {
    records.clear();
    file.empty();
  }

  return {
    left,
    get isEmpty() {
      return records.size === 0;
    },
    add(entry) {
      lastId += 1;
      const record = { ...entry, id: lastId, begun: null, failure: null };
      file.write({ put: record });
      records.set(record.id, record);
      return record;
    },
    update(record) {
      if (!records.has(record.id)) return;
      records.set(record.id, record);
      tryTo(() => file.write({ put: record }));
    },
    remove(id) {
      if (!records.delete(id)) return;
      tryTo(() => (records.size === 0 ? empty() : file.write({ remove: id })));
    },
    begunUploads: () => [...records.values()].flatMap(({ begun }) => begun ?? []),
    clear() {
      empty();
      file.close();
    },
    flush: () => file.flush(),
    [Symbol.dispose]: () => file.close(),
  };
}

/** Made when something is first written to it; once it is closed it takes no more. */
function createLineFile(path: string, endsCutOff: boolean) {
  let file: number | null = null;
  let isClosed = false;
  let isCutOff = endsCutOff;

  const opened = (): number => (file ??= openSync(path, 'a', 0o600));

  return {
    write(line: Line): void {
      if (isClosed) return;
      const begin = isCutOff ? '\n' : '';
      isCutOff = true;
      appendFileSync(opened(), `${begin}${JSON.stringify(line)}\n`);
      isCutOff = false;
    },
    empty(): void {
      if (!isClosed) ftruncateSync(opened(), 0);
    },
    async flush(): Promise<void> {
      if (file !== null) await syncToDisk(file);
    },
    close(): void {
      isClosed = true;
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** False on a full disk: then what is through is sent once more after a crash, and the server finds that it has it. */
function tryTo(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

function readLeft(path: string): DropRecord[] {
  const records = new Map<number, DropRecord>();
  for (const text of linesOf(path)) {
    const line = parseLine(text);
    if (line === null) continue;
    if ('put' in line) records.set(line.put.id, line.put);
    else records.delete(line.remove);
  }
  return [...records.values()];
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** null for one that was cut off, or is damaged: the others still count. */
function parseLine(text: string): Line | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** In one step: after a crash there is the one or the other. */
function replaceFile(path: string, records: readonly DropRecord[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    appendFileSync(file, records.map((put) => `${JSON.stringify({ put })}\n`).join(''));
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}

/** The new name is on disk as well; Windows can't be asked for that, and needs not to. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
