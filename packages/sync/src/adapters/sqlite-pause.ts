import type Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';

/** Whether the person has paused the folder, for the next start as well. */
export function pauseIn(database: Database.Database): Pick<StateStore, 'isPaused' | 'setPaused'> {
  const select = database.prepare('SELECT 1 FROM paused LIMIT 1').raw(true);
  const insert = database.prepare('INSERT INTO paused VALUES (?)');
  const remove = database.prepare('DELETE FROM paused');
  const isPaused = () => {
    const row: unknown = select.get();
    return row !== undefined && row !== null;
  };
  return {
    isPaused,
    setPaused(wanted) {
      if (wanted === isPaused()) return;
      if (wanted) insert.run(Date.now());
      else remove.run();
    },
  };
}
