import { expect, test } from 'vitest';
import type { AppState } from '../../src/shared/app-state.ts';
import { LOGIN, openLoginServer, startEngine } from '../support/login-server.ts';

test('an address that is another account by now is changed to without a moment in which nobody is logged in', async () => {
  await using server = await openLoginServer();
  const told: AppState[] = [];
  await using engine = await startEngine((state) => told.push(state));
  await engine.handlers['account.login']({ ...LOGIN, server: server.url });
  told.length = 0;
  server.becomes('second');
  await engine.handlers['account.loginAgain'](LOGIN);
  expect(new Set(told.map(({ account }) => account?.userId))).toEqual(new Set(['second']));
});
