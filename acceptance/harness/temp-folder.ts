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

export interface BrowserTemp extends AsyncDisposable {
  /** What a process is told to keep its temporary files there. */
  readonly environment: Readonly<Record<'TMPDIR' | 'TMP' | 'TEMP', string>>;
}

/**
 * Where a Chromium makes its temporary files: one that is killed leaves them behind. The name is short,
 * because they are a socket's, too, whose whole path may have 107 bytes.
 */
export async function makeBrowserTemp(): Promise<BrowserTemp> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'ia-')));
  return {
    environment: { TMPDIR: path, TMP: path, TEMP: path },
    // Its other processes may end a little after it.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
