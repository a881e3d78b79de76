import { expect, test } from 'vitest';
import { AppFailure } from '../shared/app-failure.ts';
import { createAccountHandlers, type LeftOrEnteredAgain } from './account-handlers.ts';
import { createTransfers } from './transfers.ts';

const USER = { id: 'one', email: 'one@example.org', name: null };

const never = () => Promise.reject(new Error('Nobody asks for it'));

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
  const account: LeftOrEnteredAgain = {
    client: { url: 'http://server', login: () => Promise.resolve(USER), logout: never, call: never },
    user: USER,
    files: { hurry: () => undefined },
    folders: { syncNow: () => Promise.resolve() },
    drops: { clear: () => undefined },
    transfers,
  };
  const handlers = createAccountHandlers({
    connect: never,
    keeper: { load: never, save: never },
    findProxy: never,
    need: () => account,
    use: never,
    leave: never,
  });
  await handlers['account.loginAgain']({ password: 'of one', deviceName: 'here' });
  expect(transfers.failed().map(({ path }) => path)).toEqual(['ENOENT']);
  expect(transfers.list(9).map(({ path }) => path)).toEqual(['session_ended', 'unauthenticated']);
});
