import type { BigIntStats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InstashareError } from '../errors/instashare-error.ts';
import type { UploadSource } from '../upload/source.ts';
import { upload } from '../upload/upload.ts';
import type { UploadOptions, UploadOutcome } from '../upload/upload-options.ts';
import type { UploadDependencies } from '../upload/upload-run.ts';

/**
 * Uploads the file at `localPath` under `options.path`. It is opened once, and the same handle is asked before
 * and after whether it changed: a version never mixes two states of a file.
 */
export async function uploadFile(
  deps: UploadDependencies,
  localPath: string,
  options: UploadOptions,
): Promise<UploadOutcome> {
  const handle = await open(localPath, 'r');
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) throw new InstashareError('invalid_input', `${localPath} is not a file`);
    const assertUnchanged = async (sha256: string) => {
      const change = changeBetween(before, await handle.stat({ bigint: true }));
      if (change !== null) throw new InstashareError('source_changed', `${localPath} ${change}`);
      await options.beforeComplete?.(sha256);
    };
    return await upload(deps, {
      ...options,
      source: handleSource(handle, Number(before.size)),
      modifiedAt: options.modifiedAt ?? before.mtime,
      beforeComplete: assertUnchanged,
    });
  } finally {
    await handle.close();
  }
}

/** An open file as a source. */
export function handleSource(handle: FileHandle, sizeBytes: number): UploadSource {
  return {
    sizeBytes,
    async read(target, position) {
      const { bytesRead } = await handle.read(target, 0, target.byteLength, position);
      return bytesRead;
    },
  };
}

/** What happened to a file between two looks at one handle, in words that follow its name. */
function changeBetween(before: BigIntStats, after: BigIntStats): string | null {
  if (after.size > before.size) return 'grew while it was read: try again when it is finished';
  if (after.size < before.size) return 'shrank while it was read: try again when it is finished';
  const isSame =
    after.mtimeNs === before.mtimeNs && after.ctimeNs === before.ctimeNs && after.ino === before.ino;
  return isSame ? null : 'changed while it was read: try again when it is finished';
}
