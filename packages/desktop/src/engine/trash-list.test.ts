import { type InstashareClient, InstashareError } from '@instashare/client';
import type { LiveEvent } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { createTrashList, type TrashListOptions } from './trash-list.ts';

interface Trashed {
  readonly id: string;
  readonly deletedAt: string;
}

/** As a server lists it, a few on a page; the last deleted first. */
function makeServer(pageSize: number) {
  const server = {
    trash: [] as Trashed[],
    asked: 0,
    failure: null as InstashareError | null,
    /** Runs before each page is answered. */
    beforeAnswer: () => {},
  };
  const call: TrashListOptions['client']['call'] = (run) => {
    const list = {
      query: ({ cursor }: { readonly cursor?: string }) => {
        server.asked += 1;
        if (server.failure !== null) return Promise.reject(server.failure);
        const at = Number(cursor ?? 0);
        const items = server.trash
          .toSorted((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1))
          .slice(at, at + pageSize)
          .map((file) => ({ ...file, path: file.id, sizeBytes: 1, purgedFrom: '2027' }));
        server.beforeAnswer();
        const nextCursor = at + pageSize < server.trash.length ? String(at + pageSize) : null;
        return Promise.resolve({ items, nextCursor });
      },
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the list asks for this alone
    return run({ trash: { list } } as unknown as InstashareClient['trpc']);
  };
  return { server, client: { call } };
}

const event = (kind: 'deleted' | 'restored' | 'purged', fileId: string): LiveEvent => ({
  id: '1',
  kind,
  fileId,
  path: fileId,
  previousPath: null,
  changedAt: '2026-11-27T08:00:00.000Z',
  file: null,
});

/** Looks whenever something has changed, as the window does. */
function open(pageSize = 2) {
  const { server, client } = makeServer(pageSize);
  const list = createTrashList({ client, onChange: () => list.look(), againAfterMs: 1 });
  const ids = () =>
    list.index
      .window({ search: '', sort: 'path', isDescending: false, offset: 0, limit: 100 })
      .rows.map(({ id }) => id);
  return { server, list, ids };
}

test('nothing is asked before somebody looks; then everything, and after that what is new', async () => {
  const { server, list, ids } = open();
  server.trash = ['1', '2', '3', '4', '5'].map((id) => ({ id, deletedAt: id }));
  list.note(event('deleted', '5'));
  expect(server.asked).toBe(0);
  list.look();
  await expect.poll(() => list.isComplete).toBe(true);
  expect(ids()).toEqual(['1', '2', '3', '4', '5']);
  expect(server.asked).toBe(3);
  list.look();
  expect(server.asked).toBe(3);

  server.trash.push({ id: '6', deletedAt: '6' });
  list.note(event('deleted', '6'));
  list.look();
  await expect.poll(ids).toContain('6');
  // One page has it, and one that was known.
  expect(server.asked).toBe(4);
  list.note(event('restored', '2'));
  list.note(event('purged', '3'));
  expect(ids()).toEqual(['1', '4', '5', '6']);
});

test('what leaves the trash while it is fetched does not come back', async () => {
  const { server, list, ids } = open();
  server.trash = ['1', '2', '3'].map((id) => ({ id, deletedAt: id }));
  server.beforeAnswer = () => {
    server.beforeAnswer = () => {};
    list.note(event('restored', '3'));
  };
  list.look();
  await expect.poll(() => list.isComplete).toBe(true);
  expect(ids()).toEqual(['1', '2']);
});

test('a file that is deleted again is shown with its new time', async () => {
  const { server, list } = open();
  server.trash = ['1', '2', '3'].map((id) => ({ id, deletedAt: id }));
  list.look();
  await expect.poll(() => list.isComplete).toBe(true);
  list.note(event('restored', '1'));
  server.trash = [{ id: '1', deletedAt: '9' }, ...server.trash.slice(1)];
  list.note(event('deleted', '1'));
  list.look();
  await expect.poll(() => list.index.get('1')?.deletedAt).toBe('9');
});

test('in doubt all is fetched anew, and what is gone goes', async () => {
  const { server, list, ids } = open();
  server.trash = ['1', '2', '3'].map((id) => ({ id, deletedAt: id }));
  list.look();
  await expect.poll(() => list.isComplete).toBe(true);
  server.trash = [{ id: '3', deletedAt: '3' }];
  list.doubt();
  list.look();
  await expect.poll(ids).toEqual(['3']);
});

test('while the server is away that is said, and it is tried again by itself', async () => {
  const { server, list, ids } = open();
  server.failure = new InstashareError('network', 'The server is away');
  list.look();
  await expect.poll(() => list.failure?.message).toBe('The server is away');
  expect(list.isComplete).toBe(false);
  server.trash = [{ id: '1', deletedAt: '1' }];
  server.failure = null;
  await expect.poll(ids).toEqual(['1']);
  expect(list.failure).toBe(null);
});
