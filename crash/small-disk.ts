import { execFile } from 'node:child_process';
import { mkdtempDisposable, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own, so small that it can be filled. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Takes all that is left of it. */
  fill(): Promise<void>;
  /** Gives that back. */
  free(): Promise<void>;
}

/** To mount one takes the rights of root, on Linux. */
export const canMountDisks = process.platform === 'linux' && process.getuid?.() === 0;

export async function mountSmallDisk(sizeMib: number): Promise<SmallDisk> {
  await using made = new AsyncDisposableStack();
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'instashare-disk-')));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m`, 'instashare-test', folder.path]);
  made.defer(async () => {
    await run('umount', [folder.path]);
  });
  const filler = join(folder.path, 'filler');
  const all = made.move();
  return {
    path: folder.path,
    async fill() {
      await using file = await open(filler, 'a');
      const block = Buffer.alloc(64 * 1024, 1);
      try {
        for (;;) await file.write(block);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    free: () => rm(filler, { force: true }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
