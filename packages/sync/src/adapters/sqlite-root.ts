import type Database from 'libsql';
import type { StateStore } from '../engine/environment.ts';
import { bigint, columns, optional, prepareRead, toInt64, toUint64 } from './sqlite-rows.ts';

/** What is remembered of the folder itself: one row. */
export function rootIn(database: Database.Database): Pick<StateStore, 'root' | 'putRoot'> {
  const select = prepareRead(database, 'SELECT ino, birth_ns, is_holding FROM root');
  const selectMounts = prepareRead(
    database,
    'SELECT mount.value FROM root, json_each(root.mounts) AS mount ORDER BY mount.key',
  );
  const put = database.prepare('INSERT OR REPLACE INTO root VALUES (1, ?, ?, ?, ?)');
  return {
    root: () =>
      optional(select.get(), (row) => {
        const [ino, birthNs, isHolding] = columns(row);
        return {
          ino: toUint64(bigint(ino)),
          birthNs: bigint(birthNs),
          mounts: selectMounts.all().map((mount) => String(columns(mount)[0])),
          isHolding: isHolding === 1n,
        };
      }),
    putRoot({ ino, birthNs, mounts, isHolding }) {
      put.run(toInt64(ino), birthNs, JSON.stringify(mounts), isHolding ? 1 : 0);
    },
  };
}
