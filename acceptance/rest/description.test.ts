/** What the api says of itself, and the same procedures over its other protocol. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { PASSWORD, registerUser } from '../harness/account.ts';
import { expectJson, send } from '../harness/http.ts';
import { authSchema, errorSchema, pageSchema, usageSchema } from '../harness/schemas.ts';
import { textBytes, uploadFile } from '../harness/uploads.ts';

const server = inject('server');

describe('/openapi.json', () => {
  const documentSchema = z.looseObject({
    openapi: z.string(),
    paths: z.record(z.string(), z.record(z.string(), z.looseObject({ security: z.unknown() }).partial())),
  });
  const document = async () => expectJson(await send('GET', `${server}/openapi.json`), documentSchema);

  test('is a valid OpenAPI 3.1 document', async () => {
    const described = await document();
    expect(described.openapi).toMatch(/^3\.1\./);
    await expect(new Validator().validate(described)).resolves.toEqual({ valid: true });
  });

  test('names every route, and which of them need a log-in', async () => {
    const { paths } = await document();
    const routes = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security }]) => {
        const isOpen = security === undefined || (Array.isArray(security) && security.length === 0);
        return `${method.toUpperCase()} ${path}${isOpen ? '' : ' (log in)'}`;
      }),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'POST /users/register',
        'POST /users/login',
        'POST /users/refresh',
        'POST /uploads (log in)',
        'POST /uploads/{id}/complete (log in)',
        'POST /upload_files (log in)',
        'GET /files (log in)',
        'GET /files/{id} (log in)',
        'DELETE /files/{id} (log in)',
        'GET /files/{id}/content (log in)',
        'GET /files/{id}/versions (log in)',
        'GET /files/{id}/versions/{number}/content (log in)',
        'POST /files/{id}/restore (log in)',
        'POST /files/{id}/move (log in)',
        'POST /folders/move (log in)',
        'DELETE /folders (log in)',
        'GET /trash (log in)',
        'POST /trash/{id}/restore (log in)',
        'DELETE /trash/{id} (log in)',
        'DELETE /trash (log in)',
        'GET /healthz',
        'GET /readyz',
      ]),
    );
  });
});

describe('health', () => {
  test('/healthz and /readyz say that all is well', async () => {
    const health = expectJson(
      await send('GET', `${server}/healthz`),
      z.strictObject({ status: z.literal('ok') }),
    );
    expect(health.status).toBe('ok');
    const ok = z.literal('ok');
    const ready = expectJson(
      await send('GET', `${server}/readyz`),
      z.strictObject({ status: ok, database: ok, queue: ok, objects: ok }),
    );
    expect(ready.status).toBe('ok');
  });
});

describe('/trpc', () => {
  const resultOf = <T>(schema: z.ZodType<T>) =>
    z.strictObject({ result: z.strictObject({ data: schema }) }).transform(({ result }) => result.data);

  test('gives the same answers as REST', async () => {
    const user = await registerUser(server);
    for (const seed of [1, 2, 3]) {
      await uploadFile(user, { path: `docs/${seed}.txt`, bytes: textBytes(100, seed) });
    }
    const input = encodeURIComponent(JSON.stringify({ prefix: 'docs/', limit: 2 }));
    const rest = await user.get('/files?prefix=docs/&limit=2', pageSchema);
    const trpc = await user.get(`/trpc/files.list?input=${input}`, resultOf(pageSchema));
    // The worker may have been at work between the two.
    const settled = ({ items, nextCursor }: z.infer<typeof pageSchema>) => ({
      items: items.map(({ id, path, sha256, version }) => ({ id, path, sha256, version })),
      nextCursor,
    });
    expect(settled(trpc)).toEqual(settled(rest));
    expect(trpc.items).toHaveLength(2);
    expect((await user.get('/trpc/usage.get', resultOf(usageSchema))).files).toBe(3);
  });

  test('logs in, and refuses in the same words', async () => {
    const { email } = await registerUser(server);
    const login = (password: string) =>
      send('POST', `${server}/trpc/users.login`, { json: { email, password } });
    expectJson(await login(PASSWORD), resultOf(authSchema));

    const refused = await login('wrong password');
    const rest = await send('POST', `${server}/users/login`, { json: { email, password: 'wrong password' } });
    const { error } = z
      .object({ error: z.object({ data: z.object({ httpStatus: z.number(), body: errorSchema }) }) })
      .parse(JSON.parse(refused.body.toString()));
    expect([refused.status, error.data.httpStatus]).toEqual([401, 401]);
    expect(error.data.body).toEqual(errorSchema.parse(JSON.parse(rest.body.toString())));
    expect(refused.body.toString()).not.toMatch(/"stack"|node_modules/);
  });
});
