import { expect, test } from 'vitest';
import { AppFailure } from '../shared/app-failure.ts';
import { type AccountDoor, createAccountHandlers, type LeftOrEnteredAgain } from './account-handlers.ts';
import { createTransfers } from './transfers.ts';

const USER = { id: 'one', email: 'one@example.org', name: null };

const never = () => Promise.reject(new Error('Nobody asks for it'));

const makeAccount = (own: Pick<LeftOrEnteredAgain, 'transfers'> & Partial<LeftOrEnteredAgain>) => ({
  client: { url: 'http://server', login: () => Promise.resolve(USER), logout: never, call: never },
  user: USER,
  files: { hurry: () => undefined },
  folders: { syncNow: () => Promise.resolve() },
  drops: { begunUploads: () => [], clear: () => undefined },
  ...own,
});

const doorTo = (account: LeftOrEnteredAgain): AccountDoor => ({
  connect: never,
  keeper: { load: never, save: () => Promise.resolve() },
  findProxy: never,
  need: () => account,
  use: never,
  leave: () => Promise.resolve(),
});

test('after logging in again goes on what was dropped and came to nothing meanwhile', async () => {
  using transfers = createTransfers();
  for (const code of ['session_ended', 'unauthenticated', 'ENOENT']) {
    const task = {
      kind: 'upload',
      path: code,
      sizeBytes: 1,
      run: () => Promise.withResolvers<never>().promise,
      onEnd: () => undefined,
    } as const;
    transfers.addFailed(task, new AppFailure({ code, message: code }));
  }
  const account = makeAccount({ transfers });
  const handlers = createAccountHandlers(doorTo(account));
  await handlers['account.loginAgain']({ password: 'of one', deviceName: 'here' });
  expect(transfers.failed().map(({ path }) => path)).toEqual(['ENOENT']);
  expect(transfers.list(9).map(({ path }) => path)).toEqual(['session_ended', 'unauthenticated']);
});

test('whoever signs out leaves no upload half done at the server', async () => {
  const done: string[] = [];
  using transfers = createTransfers();
  const run = ({ signal }: { readonly signal: AbortSignal }) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error(String(done.push('stopped')))));
    });
  transfers.add({ kind: 'upload', path: 'one', sizeBytes: 1, run, onEnd: () => undefined });
  const client = {
    ...makeAccount({ transfers }).client,
    call: () => Promise.reject(new Error(String(done.push('ended')))),
    logout: () => Promise.resolve(void done.push('logged out')),
  };
  const drops = {
    begunUploads: () => [{ uploadId: 'one', fileState: '' }],
    clear: () => void done.push('forgotten'),
  };
  const handlers = createAccountHandlers(doorTo(makeAccount({ transfers, client, drops })));
  await handlers['account.leave']({ everywhere: false });
  expect(done).toEqual(['stopped', 'ended', 'logged out', 'forgotten']);
});
