import type { ErrorCode } from '@instashare/contracts';
import type { KnownFile } from '../model/known-file.ts';
import type { SyncEnvironment } from './environment.ts';
import { isSameVersion, putInDoubt, takeOutOfDoubt } from './in-doubt.ts';
import { requestSlices } from './request-slices.ts';
import type { SyncEvent } from './sync-event.ts';

export interface DeleteFilesContext {
  readonly env: Pick<SyncEnvironment, 'remote' | 'state'>;
  readonly onEvent: (event: SyncEvent) => void;
  /** The server answered. */
  readonly onAnswered: () => void;
  /** So many were put into the trash. */
  readonly onDeleted: (files: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Puts files into the server's trash, unless another device has changed them meanwhile, and forgets them. Gives those
 * that the server refused for another reason. Fit to be done twice: what is gone there already is only forgotten.
 */
export async function deleteFiles(
  context: DeleteFilesContext,
  files: readonly KnownFile[],
): Promise<readonly KnownFile[]> {
  const refused: KnownFile[] = [];
  for (const slice of requestSlices(files, ({ path }) => [path])) {
    // Two of our paths may be one file of the server by now; it is at one of them at most.
    const wanted = [...new Map(slice.map((file) => [file.fileId, file])).values()];
    putInDoubt(context.env.state, wanted);
    const refusals = await context.env.remote.deleteFiles(wanted.map(toRequest), context.signal);
    context.onAnswered();
    refused.push(...settle(context, wanted, refusals));
  }
  return refused;
}

const toRequest = ({ fileId, path, version }: KnownFile) => ({
  id: fileId,
  ifVersion: version,
  ifPath: path,
});

function settle(
  { env: { state }, onDeleted, onEvent }: DeleteFilesContext,
  files: readonly KnownFile[],
  refusals: readonly (ErrorCode | null)[],
): readonly KnownFile[] {
  const isOver = (index: number) => {
    const refusal = refusals[index];
    return refusal === null || refusal === 'file_not_found' || refusal === 'version_mismatch';
  };
  state.together(() => {
    for (const [index, file] of files.entries()) {
      if (isOver(index)) forgetIfSame(state, file);
      else takeOutOfDoubt(state, file);
    }
  });
  for (const [index, { path }] of files.entries()) {
    if (refusals[index] === null) onEvent({ type: 'deleted', path });
    else if (refusals[index] === 'version_mismatch') onEvent({ type: 'kept', path });
  }
  onDeleted(refusals.filter((refusal) => refusal === null).length);
  return files.filter((_, index) => !isOver(index));
}

/** Unless it has come back and is another one by now. */
export function forgetIfSame(
  state: Pick<SyncEnvironment['state'], 'forgetKnown' | 'known'>,
  file: KnownFile,
): void {
  if (isSameVersion(state.known(file.path), file)) state.forgetKnown(file.path);
}
