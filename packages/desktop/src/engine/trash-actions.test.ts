import { type InstashareClient, InstashareError } from '@instashare/client';
import type { FileDto } from '@instashare/contracts';
import { expect, test } from 'vitest';
import type { Account } from './account.ts';
import { deleteFiles } from './file-actions.ts';
import { createFileIndex } from './file-index.ts';
import { purgeFiles, restoreFiles } from './trash-actions.ts';

const AWAY = new InstashareError('network', 'The server is away');

type Restore = (input: { readonly id: string; readonly path?: string }) => Partial<FileDto>;

/** What the actions ask of an account, with a server that does what the test says. */
function accountWith(routes: {
  readonly restore?: Restore;
  readonly purge?: (id: string) => void;
  readonly deleteMany?: (ids: readonly string[]) => unknown;
}) {
  const removed: string[] = [];
  const trpc = {
    trash: {
      restore: { mutate: async (input: Parameters<Restore>[0]) => routes.restore?.(input) },
      purge: { mutate: async ({ id }: { readonly id: string }) => routes.purge?.(id) },
    },
    files: {
      deleteMany: {
        mutate: async ({ files }: { readonly files: readonly { readonly id: string }[] }) =>
          routes.deleteMany?.(files.map(({ id }) => id)),
      },
    },
  };
  const index = createFileIndex();
  const account = {
    client: { call: (run: (client: unknown) => Promise<unknown>) => run(trpc) },
    files: { index },
    trash: { remove: (id: string) => void removed.push(id) },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the actions use no more of it
  return { account: account as unknown as Account & { client: InstashareClient }, removed, index };
}

const refuse = (code: ConstructorParameters<typeof InstashareError>[0], suggestedPath?: string): never => {
  throw new InstashareError(code, code, { suggestedPath });
};

test('of files that are restored some may be gone, and some paths taken', async () => {
  const { account, removed, index } = accountWith({
    restore({ id, path = id }) {
      if (id === 'gone') refuse('file_not_found');
      if (id === 'taken') refuse('path_taken', 'taken (2)');
      return { id, path };
    },
  });
  const ids = ['one', 'gone', 'taken', 'two'];
  expect(await restoreFiles(account, { ids, underFreeNames: false })).toEqual({
    restored: 2,
    taken: [{ id: 'taken', suggestedPath: 'taken (2)' }],
    failure: null,
  });
  expect(removed.toSorted()).toEqual(['one', 'two']);
  expect(index.get('one')?.path).toBe('one');
});

test('under a free name it goes beside where it was, whoever else takes the first that was free', async () => {
  const paths = new Set(['plan', 'plan (2)']);
  let isFirst = true;
  const { account, index } = accountWith({
    restore({ id, path = 'plan' }) {
      // The first suggestion is taken before it is used.
      if (path === 'plan') {
        const free = isFirst ? 'plan (2)' : 'plan (3)';
        isFirst = false;
        refuse('path_taken', free);
      }
      if (paths.has(path)) refuse('path_taken', `${path} (2)`);
      return { id, path };
    },
  });
  expect(await restoreFiles(account, { ids: ['one'], underFreeNames: true })).toEqual({
    restored: 1,
    taken: [],
    failure: null,
  });
  expect(index.get('one')?.path).toBe('plan (3)');
});

test('what was done before the server went away is told, and why no more was', async () => {
  let purged = 0;
  const { account } = accountWith({
    purge() {
      purged += 1;
      if (purged > 10) throw AWAY;
    },
  });
  const ids = Array.from({ length: 100 }, (_, index) => String(index));
  expect(await purgeFiles(account, ids)).toEqual({ purged: 10, failure: 'The server is away' });
  expect(purged).toBeLessThan(20);
});

test('thousands are deleted in portions; those that were can be undone when a later one fails', async () => {
  const portions: number[] = [];
  const { account } = accountWith({
    deleteMany(ids) {
      portions.push(ids.length);
      if (portions.length === 3) throw AWAY;
      return { results: ids.map((id) => (id === '7' ? { error: { code: 'file_not_found' } } : { id })) };
    },
  });
  const ids = Array.from({ length: 2_500 }, (_, index) => String(index));
  const { deleted, failure } = await deleteFiles(account, ids);
  expect(portions).toEqual([1000, 1000, 500]);
  expect(deleted).toEqual(ids.slice(0, 2000).filter((id) => id !== '7'));
  expect(failure).toBe('The server is away');
});

test('when nothing could be deleted that is a failure', async () => {
  const away = accountWith({
    deleteMany() {
      throw AWAY;
    },
  });
  await expect(deleteFiles(away.account, ['one'])).rejects.toThrow('The server is away');
  const error = { code: 'file_not_found', message: 'It is gone' };
  const gone = accountWith({ deleteMany: (ids) => ({ results: ids.map(() => ({ error })) }) });
  await expect(deleteFiles(gone.account, ['one'])).rejects.toThrow('It is gone');
});
