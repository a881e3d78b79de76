import type Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';
import { columns, prepareRead, toInt64, toKnownFile } from './sqlite-rows.ts';

/** What comes after every path: no text holds this character. */
const END = '\u{10FFFF}';

type Search = Pick<StateStore, 'knownByInode' | 'knownPaths' | 'knowsContent'>;

/** Questions about known files that are not for one at a path. */
export function searchIn(database: Database.Database): Search {
  const selectPaths = prepareRead(
    database,
    'SELECT path FROM known_files WHERE path > ? AND path < ? ORDER BY path LIMIT ?',
  );
  const byInode = createIndexedQuery(database, {
    index: 'CREATE INDEX IF NOT EXISTS known_files_ino ON known_files (ino)',
    query: 'SELECT * FROM known_files WHERE ino = ?',
  });
  const byContent = createIndexedQuery(database, {
    index: 'CREATE INDEX IF NOT EXISTS known_files_sha256 ON known_files (sha256)',
    query: 'SELECT 1 FROM known_files WHERE sha256 = ? LIMIT 1',
  });
  return {
    knowsContent: (sha256) => byContent().get(sha256) !== undefined,
    knownByInode: (ino) => byInode().all(toInt64(ino)).map(toKnownFile),
    knownPaths({ below, after, limit }) {
      const start = after ?? (below === '' ? '' : `${below}/`);
      // "0" follows "/".
      const end = below === '' ? END : `${below}0`;
      return selectPaths.all(start, end, limit).map((row) => String(columns(row)[0]));
    },
  };
}

/** What is sorted for it lies in a file: of 100,000 paths some 10 MB that, as this SQLite was built, would be memory. */
function createIndex(database: Database.Database, index: string): void {
  try {
    database.pragma('temp_store = FILE');
    database.exec(index);
  } catch {
    // There may be no room for a file of that kind.
    database.pragma('temp_store = MEMORY');
    database.exec(index);
  } finally {
    database.pragma('temp_store = MEMORY');
  }
}

interface IndexedQuery {
  readonly index: string;
  readonly query: string;
}

/**
 * A query whose index is made when it is first asked: keeping it up costs as much as half of everything else that
 * is noted down of a file, and a folder that goes up for the first time is never asked.
 */
function createIndexedQuery(database: Database.Database, { index, query }: IndexedQuery) {
  let statement: Database.Statement | null = null;
  return (): Database.Statement => {
    if (statement === null) {
      createIndex(database, index);
      statement = prepareRead(database, query);
    }
    return statement;
  };
}
