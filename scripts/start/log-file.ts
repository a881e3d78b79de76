import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_SIZE_BYTES = 10 * 1024 * 1024;

export interface LogFile extends AsyncDisposable {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Opens a log to write at its end. One that has grown large is put aside first, in place of the one before. */
export async function openLogFile(dataDir: string, name: string): Promise<LogFile> {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  await rotate(path);
  const handle = await open(path, 'a', 0o600);
  return { path, handle, [Symbol.asyncDispose]: () => handle.close() };
}

async function rotate(path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > MAX_SIZE_BYTES) await rename(path, `${path}.1`);
}
