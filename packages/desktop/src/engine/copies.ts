import { createHash, hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstashareClient } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { copyNameOf } from './copy-name.ts';
import type { Transfers } from './transfers.ts';

/** Copies of files of the server's, only to look into. */
export interface Copies {
  /** The copy below `folder`, made first when it is not there; asked for twice, it is downloaded once. */
  get(file: FileDto, folder: string): Promise<string>;
}

/** Somebody waits: a server that goes away meanwhile is told them soon. */
const RETRY = { baseMs: 250, capMs: 2_000, stalledAfterMs: 20_000 };

export function createCopies({
  client,
  transfers,
}: {
  readonly client: InstashareClient;
  readonly transfers: Transfers;
}): Copies {
  const underWay = new Map<string, Promise<string>>();

  async function make(file: FileDto, place: string): Promise<string> {
    const to = join(place, copyNameOf(file.path));
    await mkdir(place, { recursive: true, mode: 0o700 });
    if (await isSound(to, file)) return to;
    const { path, sizeBytes, version } = file;
    await transfers.runNow({
      kind: 'download',
      path,
      sizeBytes,
      async run({ signal, onProgress }) {
        const options = { onProgress, signal, retry: RETRY, overwrite: true };
        await client.downloadFile({ file, version, to, ...options });
      },
    });
    // What is changed in it would reach nobody: programs say so when they open it.
    await chmod(to, 0o400);
    return to;
  }

  return {
    get(file, folder) {
      // The server is not trusted with where a file goes.
      const place = join(folder, hash('sha256', `${file.id} ${file.version}`, 'hex'));
      const making = underWay.get(place) ?? make(file, place).finally(() => underWay.delete(place));
      underWay.set(place, making);
      return making;
    },
  };
}

/** Whether a copy that was made before is still what the server has; one that is not is taken away. */
async function isSound(path: string, { sha256 }: FileDto): Promise<boolean> {
  const digest = createHash('sha256');
  try {
    const blocks: AsyncIterable<Uint8Array> = createReadStream(path);
    for await (const block of blocks) digest.update(block);
  } catch {
    return false;
  }
  if (digest.digest('hex') === sha256) return true;
  await rm(path, { force: true });
  return false;
}
