import { once } from 'node:events';
import { addAbortSignal, Readable } from 'node:stream';
import type { FileRow } from '@instashare/backend/database';
import { isStorageError } from '@instashare/backend/errors';
import { makeZip } from 'client-zip';
import { completeZipEnd } from './complete-zip-end.ts';
import type { Dependencies } from './dependencies.ts';
import { openFileContent } from './open-file-content.ts';

/** Files that are looked up at once; the next ones are when these have been sent. */
const PAGE_SIZE = 500;

export interface ZippedFolder {
  readonly userId: string;
  /** Ends with "/". */
  readonly folder: string;
  readonly signal: AbortSignal;
}

type Used = Pick<Dependencies, 'database' | 'objects'>;

/**
 * All files of a folder as one zip, stored as they are (zip64 where it must be). One file is open at a time, and of the
 * others only what the zip's own directory needs is kept. Files whose content can't be served are named in a file of
 * their own: nobody is to believe that all is there. Resolves when the first file is open, and rejects as that does.
 */
export async function zipFolder(deps: Used, zipped: ZippedFolder): Promise<Readable> {
  let entryCount = 0;
  const counted = async function* () {
    for await (const entry of entriesOf(deps, zipped)) {
      entryCount += 1;
      yield entry;
    }
  };
  const whole = completeZipEnd(makeZip(counted()), () => entryCount);
  const zip = Readable.from(whole, { objectMode: false });
  await once(zip, 'readable');
  return addAbortSignal(zipped.signal, zip);
}

/** Names what is missing; where a file has this name, another one. */
const NOTE = 'NOT INCLUDED.txt';

async function* entriesOf(deps: Used, { userId, folder, signal }: ZippedFolder) {
  const missing: string[] = [];
  const taken = new Set<string>();
  for await (const file of filesBelow(deps, userId, folder)) {
    const name = file.path.slice(folder.length);
    if (name.endsWith(NOTE)) taken.add(name);
    const input = await openIfServed(deps, file, signal);
    if (input === null) {
      missing.push(name);
      continue;
    }
    const { sizeBytes: size, updatedAt: lastModified } = file;
    try {
      yield { name, size, lastModified, input };
    } finally {
      // A zip that is broken off would leave it open.
      input.destroy();
    }
  }
  if (missing.length === 0) return;
  let note = NOTE;
  while (taken.has(note)) note = `Instashare ${note}`;
  yield { name: note, input: `The server could not read these:\n${missing.join('\n')}\n` };
}

/** The whole content; null when it is known to be damaged, or to be gone. */
async function openIfServed(deps: Used, file: FileRow, signal: AbortSignal): Promise<Readable | null> {
  if (file.status === 'failed') return null;
  const whole = { offset: 0, lengthBytes: file.sizeBytes, signal };
  return openFileContent(deps, file, whole).catch((error: unknown) => {
    if (isStorageError(error, 'object_missing')) return null;
    throw error;
  });
}

async function* filesBelow({ database }: Used, userId: string, folder: string): AsyncGenerator<FileRow> {
  let afterPath: string | null = null;
  do {
    const page = { prefix: folder, status: null, afterPath, limit: PAGE_SIZE };
    const files = await database.repositories.files.list(userId, page);
    yield* files;
    afterPath = files.length === PAGE_SIZE ? (files.at(-1)?.path ?? null) : null;
  } while (afterPath !== null);
}
