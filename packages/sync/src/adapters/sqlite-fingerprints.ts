import type Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';
import { createPathSet, type PathSet } from '../model/path-set.ts';
import { RACY_WINDOW_NS } from '../model/plan.ts';
import { bigint, columns, prepareRead, toInt64 } from './sqlite-rows.ts';

/**
 * The known files with what was noted of each, as one number: a scan that finds nothing changed asks for each of
 * 100,000 files, and a look into the database for each takes half of its time. They are read from it together.
 */
export interface Fingerprints extends Pick<StateStore, 'isNotedAs'> {
  /** Something else has been noted of a path. */
  changed(path: string): void;
}

/** Some 10 MB; of more, each is looked for in the database. */
const MOST_FILES = 500_000;
/** When it has changed of so many they are read anew. */
const MOST_CHANGED = 10_000;
const PAGE_ROWS = 1_000;
/** No path and no number holds these. */
const BETWEEN_FIELDS = '\u001f';
const BETWEEN_ROWS = '\u001e';

export function createFingerprints(database: Database.Database): Fingerprints {
  let all: PathSet | null = null;
  let changed = createPathSet(0);
  return {
    isNotedAs({ path, localPath, stat }) {
      all ??= readAll(database);
      if (changed.size > 0 && changed.has(path)) return false;
      const { sizeBytes, mtimeNs, ctimeNs, ino, birthNs } = stat;
      const fields = [path, localPath, sizeBytes, mtimeNs, ctimeNs, toInt64(ino), birthNs];
      return all.has(fields.join(BETWEEN_FIELDS));
    },
    changed(path) {
      if (all === null) return;
      changed.add(path);
      if (changed.size < MOST_CHANGED) return;
      all = null;
      changed = createPathSet(0);
    },
  };
}

/** One text for a page of rows: every value that crosses from SQLite by itself costs more than a row of text. */
const PAGE_SQL = `
  SELECT count(*), max(path), group_concat(
    CASE WHEN ctime_ns <= recorded_at_ms * 1000000 - ${RACY_WINDOW_NS} THEN concat_ws(
      '${BETWEEN_FIELDS}', path, local_path, size_bytes, mtime_ns, ctime_ns, ino, birth_ns) END,
    '${BETWEEN_ROWS}')
  FROM (SELECT * FROM known_files WHERE path > ? ORDER BY path LIMIT ${PAGE_ROWS})`;

function readAll(database: Database.Database): PathSet {
  const selectPage = prepareRead(database, PAGE_SQL);
  // Another seed each time: a number that two share by chance is not shared for ever.
  const all = createPathSet(Math.trunc(Math.random() * 2 ** 32));
  for (let after = ''; all.size < MOST_FILES; ) {
    const [rows, last, text] = columns(selectPage.get(after));
    // None of a page may be of use: null.
    if (typeof text === 'string') for (const fields of text.split(BETWEEN_ROWS)) all.add(fields);
    if (bigint(rows) < BigInt(PAGE_ROWS)) break;
    after = String(last);
  }
  return all;
}
