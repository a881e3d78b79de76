import { type InstashareClient, InstashareError } from '@instashare/client';
import { expect, test } from 'vitest';
import type { Account } from './account.ts';
import { deleteFiles } from './file-actions.ts';
import { createFileIndex } from './file-index.ts';
import { purgeFiles, restoreFiles } from './trash-actions.ts';

const AWAY = new InstashareError('network', 'The server is away');

type RestoreMany = (input: {
  readonly files: readonly { readonly id: string }[];
  readonly underFreeNames: boolean;
}) => readonly unknown[];

/** What the actions ask of an account, with a server that does what the test says. */
function accountWith(routes: {
  readonly restoreMany?: RestoreMany;
  readonly purgeMany?: (ids: readonly string[]) => readonly string[];
  readonly deleteMany?: (ids: readonly string[]) => unknown;
}) {
  const removed: string[] = [];
  const trpc = {
    trash: {
      restoreMany: {
        mutate: async (input: Parameters<RestoreMany>[0]) => ({ results: routes.restoreMany?.(input) }),
      },
      purgeMany: {
        mutate: async ({ ids }: { readonly ids: readonly string[] }) => ({ ids: routes.purgeMany?.(ids) }),
      },
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

test('of files that are restored some may be gone, and some paths taken', async () => {
  const { account, removed, index } = accountWith({
    restoreMany: ({ files }) =>
      files.map(({ id }) => {
        if (id === 'gone') return { error: { code: 'file_not_found', message: '' } };
        if (id === 'taken') return { error: { code: 'path_taken', message: '', suggestedPath: 'taken (2)' } };
        return { file: { id, path: id } };
      }),
  });
  const ids = ['one', 'gone', 'taken', 'two'];
  expect(await restoreFiles(account, { ids, underFreeNames: false })).toEqual({
    restored: 2,
    taken: [{ id: 'taken', suggestedPath: 'taken (2)' }],
    failure: null,
  });
  expect(removed).toEqual(['one', 'two']);
  expect(index.get('one')?.path).toBe('one');
});

test('what was done before the server went away is told, and why no more was', async () => {
  const portions: number[] = [];
  const answer = (ids: readonly string[]) => {
    portions.push(ids.length);
    if (portions.length === 3) throw AWAY;
    return ids.slice(1);
  };
  const { account } = accountWith({
    purgeMany: answer,
    restoreMany: ({ files }) => answer(files.map(({ id }) => id)).map((id) => ({ file: { id, path: id } })),
  });
  const ids = Array.from({ length: 2_500 }, (_, index) => String(index));
  expect(await purgeFiles(account, ids)).toEqual({ purged: 1998, failure: 'The server is away' });
  expect(portions.splice(0)).toEqual([1000, 1000, 500]);
  expect(await restoreFiles(account, { ids, underFreeNames: true })).toMatchObject({
    restored: 1998,
    failure: 'The server is away',
  });
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
