import type Database from 'libsql';
import { z } from 'zod';
import type { StateStore } from '../engine/environment.ts';
import { columns, prepareRead } from './sqlite-rows.ts';

const filesSchema = z.array(
  z.object({
    path: z.string(),
    localPath: z.string(),
    is: z.string(),
    version: z.number().nullable(),
    notedAtMs: z.number(),
    endedAtMs: z.number().nullable().default(null),
  }),
);

/** What requests are about whose answers are not noted yet. */
export function intentsIn(
  database: Database.Database,
): Pick<StateStore, 'intents' | 'putIntents' | 'removeIntents'> {
  const select = prepareRead(database, 'SELECT id, files FROM intents ORDER BY id');
  const put = database.prepare('INSERT OR REPLACE INTO intents VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM intents WHERE id = ?');
  return {
    intents: () =>
      select.all().map((row) => {
        const [id, files] = columns(row);
        return { id: Number(id), files: filesSchema.parse(JSON.parse(String(files))) };
      }),
    putIntents(id, files) {
      put.run(id, JSON.stringify(files));
    },
    removeIntents(id) {
      remove.run(id);
    },
  };
}
