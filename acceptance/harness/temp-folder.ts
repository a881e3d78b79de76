import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder extends AsyncDisposable {
  readonly path: string;
}

/** A folder that is gone with everything in it when it is disposed of. */
export async function makeTempFolder(name = 'test'): Promise<TempFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `instashare-acceptance-${name}-`)));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
