import type Database from 'libsql';
import { z } from 'zod';
import type { StateStore } from '../engine/environment.ts';
import { bigint, columns, optional, prepareRead, toInt64, toUint64 } from './sqlite-rows.ts';

const mountsSchema = z.array(z.string());

/** What is remembered of the folder itself: one row. */
export function rootIn(database: Database.Database): Pick<StateStore, 'root' | 'putRoot'> {
  const select = prepareRead(database, 'SELECT ino, birth_ns, mounts, is_holding FROM root');
  const put = database.prepare('INSERT OR REPLACE INTO root VALUES (1, ?, ?, ?, ?)');
  return {
    root: () =>
      optional(select.get(), (row) => {
        const [ino, birthNs, mounts, isHolding] = columns(row);
        return {
          ino: toUint64(bigint(ino)),
          birthNs: bigint(birthNs),
          mounts: mountsSchema.parse(JSON.parse(String(mounts))),
          isHolding: isHolding === 1n,
        };
      }),
    putRoot({ ino, birthNs, mounts, isHolding }) {
      put.run(toInt64(ino), birthNs, JSON.stringify(mounts), isHolding ? 1 : 0);
    },
  };
}
