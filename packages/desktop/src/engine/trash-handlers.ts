import type { ENGINE_PROCEDURES } from '../shared/engine-procedures.ts';
import type { Handlers } from '../shared/procedure.ts';
import type { Account } from './account.ts';
import * as trashActions from './trash-actions.ts';

type TrashProcedures = Pick<
  typeof ENGINE_PROCEDURES,
  Extract<keyof typeof ENGINE_PROCEDURES, `trash.${string}`>
>;

/** `need` rejects when nobody is logged in. */
export function createTrashHandlers(need: () => Account): Handlers<TrashProcedures> {
  return {
    'trash.window'(input) {
      const { trash } = need();
      trash.look();
      const { index, isComplete, failure } = trash;
      return { ...index.window(input), isComplete, failure: failure?.message ?? null };
    },
    'trash.size'() {
      const { index, isComplete } = need().trash;
      const sizeBytes = index.rows().reduce((sum, row) => sum + row.sizeBytes, 0);
      return { files: index.size, sizeBytes, isComplete };
    },
    'trash.range': (input) => need().trash.index.range(input),
    'trash.restore': (input) => trashActions.restoreFiles(need(), input),
    'trash.restoreTo': (input) => trashActions.restoreFileTo(need(), input),
    'trash.purge': ({ ids }) => trashActions.purgeFiles(need(), ids),
    'trash.empty': () => trashActions.emptyTrash(need()),
  };
}
