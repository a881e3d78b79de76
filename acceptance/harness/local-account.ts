import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, asUser } from './account.ts';
import { expectJson, send } from './http.ts';
import type { Instance } from './instance.ts';
import { until } from './poll.ts';
import { authSchema } from './schemas.ts';

/** Logs in to the account that `npm start -- --watch` makes for itself, once it is made. */
export function localAccount({ url, dataDir }: Pick<Instance, 'url' | 'dataDir'>): Promise<Account> {
  const email = 'local@instashare.invalid';
  return until('the local account', async () => {
    const password = (await readFile(join(dataDir, 'local-account', 'password'), 'utf8')).trim();
    const answer = await send('POST', `${url}/users/login`, { json: { email, password } });
    return asUser(url, expectJson(answer, authSchema));
  });
}
