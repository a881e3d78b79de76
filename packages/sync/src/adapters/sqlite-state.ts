import { renameSync, rmSync } from 'node:fs';
import Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';
import type { OpenUpload } from '../model/known-file.ts';
import { createPathSet, type PathSet } from '../model/path-set.ts';
import { createFingerprints } from './sqlite-fingerprints.ts';
import { intentsIn } from './sqlite-intents.ts';
import { pauseIn } from './sqlite-pause.ts';
import { rootIn } from './sqlite-root.ts';
import { bigint, columns, optional, prepareRead, toInt64, toKnownFile, toUint64 } from './sqlite-rows.ts';
import { SCHEMA_VERSIONS } from './sqlite-schema.ts';
import { searchIn } from './sqlite-search.ts';

export interface OpenedState extends StateStore {
  /** Where the state before was moved to, because it could not be read; null when there was nothing wrong. */
  readonly damagedPath: string | null;
}

/**
 * Opens the state at `path`. It only remembers what a scan and the server can tell again, so a damaged one is
 * moved aside and a new one begun: that costs hashing, not sending.
 */
export function openSqliteState(path: string): OpenedState {
  try {
    return { ...openAt(path), damagedPath: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const damagedPath = `${path}.damaged`;
    renameSync(path, damagedPath);
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return { ...openAt(path), damagedPath };
  }
}

function isDamage(error: unknown): boolean {
  return (
    error instanceof UnknownVersionError ||
    (error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code))
  );
}

/** Written by a newer version of this program. */
class UnknownVersionError extends Error {}

function openAt(path: string): StateStore {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = WAL');
    // A crash of the process loses nothing; a loss of power may lose the last moments, never the rest.
    database.pragma('synchronous = NORMAL');
    migrate(database);
    const check = database.prepare('PRAGMA quick_check(1)').raw(true).get();
    if (!Array.isArray(check) || check[0] !== 'ok')
      throw new Database.SqliteError('damaged', 'SQLITE_CORRUPT');
    return storeOf(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database): void {
  const row = database.prepare('PRAGMA user_version').raw(true).get();
  const version = Array.isArray(row) ? Number(row[0]) : 0;
  if (version > SCHEMA_VERSIONS.length) throw new UnknownVersionError(`state of version ${version}`);
  for (const [index, schema] of SCHEMA_VERSIONS.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

function storeOf(database: Database.Database): StateStore {
  const read = (sql: string) => prepareRead(database, sql);
  const selectKnown = read(`SELECT * FROM known_files WHERE path = ?`);
  const selectKnownAny = read('SELECT 1 FROM known_files LIMIT 1');
  const selectSize = read('SELECT 1 FROM known_files WHERE size_bytes = ? AND size_bytes > 1048576 LIMIT 1');
  const selectTotals = read('SELECT count(*), coalesce(sum(size_bytes), 0) FROM known_files');
  const putKnown = database.prepare(
    `INSERT OR REPLACE INTO known_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const deleteKnown = database.prepare('DELETE FROM known_files WHERE path = ?');
  const mayBeKnown = createKnownPaths(selectKnownAny.get() === undefined);
  const fingerprints = createFingerprints(database);
  return {
    together: togetherIn(database),
    known: (path) => (mayBeKnown.has(path) ? optional(selectKnown.get(path), toKnownFile) : undefined),
    isNotedAs: (file) => mayBeKnown.has(file.path) && fingerprints.isNotedAs(file),
    putKnown(file) {
      mayBeKnown.add(file.path);
      fingerprints.changed(file.path);
      const { path, localPath, sizeBytes, mtimeNs, ctimeNs, ino } = file;
      const { sha256, fileId, version, recordedAtMs, birthNs } = file;
      const stat = [sizeBytes, mtimeNs, ctimeNs, toInt64(ino)];
      putKnown.run(path, localPath, ...stat, sha256, fileId, version, Math.trunc(recordedAtMs), birthNs);
    },
    forgetKnown(path) {
      fingerprints.changed(path);
      deleteKnown.run(path);
    },
    knowsSize: (sizeBytes) => selectSize.get(sizeBytes) !== undefined,
    totals() {
      const row = columns(selectTotals.get());
      return { files: Number(row[0]), sizeBytes: Number(row[1]) };
    },
    ...searchIn(database),
    ...rootIn(database),
    ...openUploadsIn(database),
    ...intentsIn(database),
    ...pauseIn(database),
    [Symbol.dispose]: () => {
      database.close();
    },
  };
}

/** Some 10 MB. */
const MOST_KNOWN_PATHS = 500_000;

/**
 * Which paths may be in the database. A folder that goes up for the first time is asked about twice for each of
 * its files, and none is there: as long as few are, that costs no look into the database.
 */
function createKnownPaths(isEmpty: boolean): Pick<PathSet, 'add' | 'has'> {
  let paths = isEmpty ? createPathSet(0) : null;
  return {
    has: (path) => paths?.has(path) ?? true,
    add(path) {
      paths?.add(path);
      if (paths !== null && paths.size > MOST_KNOWN_PATHS) paths = null;
    },
  };
}

type OpenUploads = Pick<StateStore, 'openUpload' | 'openUploads' | 'putOpenUpload' | 'removeOpenUpload'>;

function openUploadsIn(database: Database.Database): OpenUploads {
  const select = prepareRead(database, 'SELECT * FROM open_uploads WHERE path = ?');
  const selectAll = prepareRead(database, 'SELECT * FROM open_uploads');
  const put = database.prepare('INSERT OR REPLACE INTO open_uploads VALUES (?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM open_uploads WHERE path = ?');
  const openUploads = () => selectAll.all().map(toOpenUpload);
  // Few have one, and every small file is asked about: those that never had one cost no look into the database.
  const hadOne = new Set(openUploads().map(({ path }) => path));
  return {
    openUploads,
    openUpload: (path) => (hadOne.has(path) ? optional(select.get(path), toOpenUpload) : undefined),
    putOpenUpload({ path, uploadId, sizeBytes, mtimeNs, ctimeNs, ino }) {
      hadOne.add(path);
      put.run(path, uploadId, sizeBytes, mtimeNs, ctimeNs, toInt64(ino));
    },
    removeOpenUpload(path) {
      if (hadOne.has(path)) remove.run(path);
    },
  };
}

function togetherIn(database: Database.Database): StateStore['together'] {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  return (write) => {
    begin.run();
    try {
      write();
      commit.run();
    } catch (error) {
      // SQLite has ended the transaction by itself when there was no room on the disk.
      if (database.inTransaction) rollback.run();
      throw error;
    }
  };
}

function toOpenUpload(row: unknown): OpenUpload {
  const [path, uploadId, sizeBytes, mtimeNs, ctimeNs, ino] = columns(row);
  return {
    path: String(path),
    uploadId: String(uploadId),
    sizeBytes: Number(sizeBytes),
    mtimeNs: bigint(mtimeNs),
    ctimeNs: bigint(ctimeNs),
    ino: toUint64(bigint(ino)),
  };
}
