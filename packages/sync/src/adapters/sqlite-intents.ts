import type Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';
import type { Intent } from '../model/known-file.ts';
import { columns, prepareRead } from './sqlite-rows.ts';

/** What requests are about whose answers are not noted yet. */
export function intentsIn(
  database: Database.Database,
): Pick<StateStore, 'intents' | 'putIntents' | 'removeIntents'> {
  const select = prepareRead(
    database,
    `SELECT intents.id, file.value ->> 'path', file.value ->> 'localPath', file.value ->> 'is', file.value ->> 'version',
       file.value ->> 'notedAtMs', file.value ->> 'endedAtMs'
     FROM intents LEFT JOIN json_each(intents.files) AS file ON true ORDER BY intents.id, file.key`,
  );
  const put = database.prepare('INSERT OR REPLACE INTO intents VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM intents WHERE id = ?');
  return {
    intents() {
      const byId = Map.groupBy(select.all().map(columns), ([id]) => Number(id));
      // One of no files has one row, of nothing.
      const isFile = ([, path]: readonly unknown[]) => path !== null;
      return [...byId].map(([id, files]) => ({ id, files: files.filter(isFile).map(toIntent) }));
    },
    putIntents(id, files) {
      put.run(id, JSON.stringify(files));
    },
    removeIntents(id) {
      remove.run(id);
    },
  };
}

function toIntent([, path, localPath, is, version, notedAtMs, endedAtMs]: readonly unknown[]): Intent {
  return {
    path: String(path),
    localPath: String(localPath),
    is: String(is),
    version: version === null ? null : Number(version),
    notedAtMs: Number(notedAtMs),
    endedAtMs: endedAtMs === null ? null : Number(endedAtMs),
  };
}
