import { Readable } from 'node:stream';
import type { ObjectStore } from '@instashare/backend/storage';

/** As the system says that a disk can't read. */
const unreadable = (code: string): Error => Object.assign(new Error(`${code}: i/o error, read`), { code });

/** A store of which one object can be read in part only, as from a disk with a bad sector. */
export function withBadSector(store: ObjectStore, badKey: string, code = 'EIO'): ObjectStore {
  return {
    ...store,
    async read(key, options) {
      const body = await store.read(key, options);
      if (key !== badKey) return body;
      body.destroy();
      return Readable.from(partOnly(code)).on('error', () => {});
    },
  };
}

async function* partOnly(code: string): AsyncGenerator<Buffer> {
  yield Buffer.from('so far');
  throw unreadable(code);
}
