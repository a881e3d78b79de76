import { messageOf } from '../shared/app-failure.ts';
import type { ENGINE_PROCEDURES } from '../shared/engine-procedures.ts';
import type { Handlers } from '../shared/procedure.ts';
import type { Account } from './account.ts';
import { uploadPaths } from './dropped-files.ts';
import * as fileActions from './file-actions.ts';
import { downloadFiles, downloadOne } from './file-transfers.ts';
import { findToOpen } from './open-file.ts';
import { createTrashHandlers } from './trash-handlers.ts';

type FileProcedures = Pick<
  typeof ENGINE_PROCEDURES,
  Extract<keyof typeof ENGINE_PROCEDURES, `${'files' | 'transfers' | 'trash'}.${string}`>
>;

/** `need` rejects when nobody is logged in. */
export function createFileHandlers(need: () => Account): Handlers<FileProcedures> {
  return {
    'files.window'(input) {
      const { index, isComplete, failure } = need().files;
      return { ...index.window(input), isComplete, failure: failure === null ? null : messageOf(failure) };
    },
    'files.range': (input) => need().files.index.range(input),
    'files.get': ({ id }) => need().files.index.get(id) ?? null,
    'files.move': (input) => fileActions.moveFile(need(), input),
    'files.delete': ({ ids }) => fileActions.deleteFiles(need(), ids),
    'files.versions': ({ id }) => fileActions.listVersions(need(), id),
    'files.restoreVersion': (input) => fileActions.restoreVersion(need(), input),
    'files.share': (input) => fileActions.shareFile(need(), input),
    'files.downloadTo': ({ ids, folder }) => ({ files: downloadFiles(need(), ids, folder) }),
    'files.downloadOne': async ({ id, folder }) => ({ path: await downloadOne(need(), id, folder) }),
    'files.findToOpen': (input) => findToOpen(need(), input),
    'files.upload': ({ paths, prefix }) => uploadPaths(need(), paths, prefix),
    'transfers.cancel': ({ id }) => need().transfers.cancel(id),
    'transfers.retry': ({ id }) => need().transfers.retry(id),
    'transfers.dismiss': ({ id }) => need().transfers.dismiss(id),
    ...createTrashHandlers(need),
  };
}
