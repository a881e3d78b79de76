import { createTokenResultSchema, type Scope } from '@instashare/contracts';
import type { TestApi } from './test-api.ts';

/** A personal access token of the user with this access token. */
export async function makeToken(
  api: TestApi,
  accessToken: string,
  { scopes, expiresAt }: { readonly scopes: readonly Scope[]; readonly expiresAt?: string },
): Promise<{ id: string; secret: string }> {
  const json = { name: `for ${scopes.join(' and ')}`, scopes, expiresAt };
  const { body } = await api.request('POST', '/tokens', { token: accessToken, json });
  const { token, details } = createTokenResultSchema.parse(body);
  return { id: details.id, secret: token };
}
