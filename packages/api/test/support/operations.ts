import type { Access } from '../../src/auth/access.ts';
import { createOpenApiDocument } from '../../src/openapi/document.ts';
import type { Answer, TestApi } from './test-api.ts';

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  /** Statuses that the document tells of. */
  readonly statuses: readonly string[];
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation of the document, which is made from the router: a new procedure can't be forgotten. */
export const OPERATIONS: readonly Operation[] = Object.entries(
  createOpenApiDocument('http://localhost').paths ?? {},
).flatMap(([path, item]) =>
  METHODS.flatMap((lower) => {
    const operation = item[lower];
    if (operation === undefined) return [];
    const method = lower.toUpperCase();
    const access = accessOf(operation.security ?? []);
    return [
      { name: `${method} ${path}`, method, path, access, statuses: Object.keys(operation.responses ?? {}) },
    ];
  }),
);

/** What of the api needs somebody; the admin pages are asked by their own means. */
export const GUARDED = OPERATIONS.filter(({ access }) => access !== 'public' && access !== 'admin');

export const FOR_ADMINS = OPERATIONS.filter(({ access }) => access === 'admin');

/** What the document says of who may ask. */
function accessOf(security: readonly Record<string, readonly string[]>[]): Access {
  if (security.some((way) => 'AdminSession' in way)) return 'admin';
  const token = security.find((way) => 'PersonalAccessToken' in way)?.['PersonalAccessToken'];
  if (token === undefined) return security.length === 0 ? 'public' : 'session';
  const [scope = 'user'] = token;
  if (scope === 'user' || scope === 'read' || scope === 'write' || scope === 'share') return scope;
  throw new Error(`the document names the scope "${scope}"`);
}

/** What would be done, were it one's own: who asks, or the id, must be all that is wrong. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /files/{id}/move': { path: 'elsewhere.txt' },
  'POST /files/{id}/restore': { version: 1 },
  'POST /files/delete': { files: [{ id: '{id}' }] },
  'POST /files/move': { files: [{ id: '{id}', path: 'elsewhere.txt' }] },
  'POST /uploads': { path: 'new.txt', sizeBytes: 1 },
  'POST /folders/move': { from: 'folder', to: 'elsewhere' },
  'POST /trash/restore': { files: [{ id: '{id}' }] },
  'POST /trash/purge': { ids: ['{id}'] },
  'POST /trash/restore_folder': { path: 'folder', deletedAt: '2026-01-01T00:00:00.000Z' },
  'POST /shares': { fileId: '{id}' },
  'POST /webhooks': { url: 'https://example.org/hook' },
  'POST /webhooks/{id}/resend': { deliveryId: '{id}' },
  'POST /tokens': { name: 'mine', scopes: ['read'] },
  'POST /account/password': { currentPassword: 'wrong', newPassword: 'another horse' },
  'POST /account/delete': { password: 'wrong' },
};

/** Those that take the id of a thing in their body, and not in their address. */
export const WITH_ID_IN_BODY = GUARDED.filter(
  ({ name, path }) => !path.includes('{id}') && JSON.stringify(BODIES[name] ?? {}).includes('{id}'),
);

const QUERIES: Readonly<Record<string, string>> = {
  'GET /file_by_path': '?path=folder/private.txt',
  'DELETE /folders': '?path=folder',
  'GET /changes': '?waitSeconds=0',
};

export const UNKNOWN_ID = '018f0000-0000-7000-8000-00000000dead';

/** Its answer goes on for ever: that it begins is all there is to see here. */
const ENDLESS = 'GET /events';

/** Asks for an operation, about the thing with this id where it takes one. */
export function ask(
  api: TestApi,
  operation: Operation,
  { id = UNKNOWN_ID, token }: { readonly id?: string; readonly token?: string | undefined },
): Promise<Answer> {
  const { method, name } = operation;
  const path = operation.path.replace('{id}', id).replace('{number}', '1');
  if (name === ENDLESS) return begin(`${api.url}${path}`, token);
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  return api.request(method, `${path}${QUERIES[name] ?? ''}`, {
    ...(token === undefined ? {} : { token }),
    ...(hasBody ? { json: JSON.parse(JSON.stringify(BODIES[name] ?? {}).replaceAll('{id}', id)) } : {}),
  });
}

async function begin(url: string, token: string | undefined): Promise<Answer> {
  const response = await fetch(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  const { headers, status } = response;
  const text = status === 200 ? '{}' : await response.text();
  if (status === 200) await response.body?.cancel();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test asserts what it reads of it
  return { status, headers, text, body: JSON.parse(text) as Answer['body'] };
}
