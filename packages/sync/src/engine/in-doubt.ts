import type { KnownFile } from '../model/known-file.ts';
import type { SyncEnvironment } from './environment.ts';

type State = Pick<SyncEnvironment['state'], 'known' | 'putKnown' | 'together'>;

/** What no content has: whoever compares with it reads the file, and asks the server. */
export const NO_CONTENT = '';

/**
 * From before the server is asked to move or delete files until its answer is noted down nobody knows whether it has
 * them at their paths, and an answer may be lost. A file that is back by then must not count as stored: it is sent
 * again, which costs no bytes. What the request goes by stays known, so that it can be repeated.
 */
export function putInDoubt(state: State, files: readonly KnownFile[]): void {
  state.together(() => {
    for (const file of files)
      if (isSameVersion(state.known(file.path), file))
        state.putKnown({ ...file, sha256: NO_CONTENT, mtimeNs: 0n });
  });
}

/** The server has it as it was. To be called within `together`. */
export function takeOutOfDoubt(state: Pick<State, 'known' | 'putKnown'>, file: KnownFile): void {
  const known = state.known(file.path);
  if (isSameVersion(known, file) && known?.sha256 === NO_CONTENT) state.putKnown(file);
}

export function isSameVersion(known: KnownFile | undefined, file: KnownFile): boolean {
  return known?.fileId === file.fileId && known.version === file.version;
}
