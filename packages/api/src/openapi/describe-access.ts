import type { OpenAPIObject } from 'trpc-openapi';
import { z } from 'zod';
import { appRouter } from '../trpc/router.ts';
import { proceduresOf } from './procedures-of.ts';
import { failures } from './raw-paths.ts';
import { refusalOf, securityOf } from './security.ts';

const metaSchema = z.object({
  access: z.enum(['public', 'user', 'read', 'write', 'share', 'session']),
  openapi: z.object({
    method: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['get', 'post', 'put', 'patch', 'delete'])),
    path: z.string(),
  }),
});

/** Adds who may ask to the paths that were made of the router, from what each procedure declares. */
export function describeAccess(paths: OpenAPIObject['paths']): NonNullable<OpenAPIObject['paths']> {
  const described = { ...paths };
  for (const { meta, type } of proceduresOf(appRouter).values()) {
    // As REST there are the streams of raw routes instead.
    if (type === 'subscription') continue;
    const { access, openapi } = metaSchema.parse(meta);
    const item = described[openapi.path];
    const operation = item?.[openapi.method];
    if (operation === undefined) throw new Error(`${openapi.path} is not in the document`);
    const refusal = refusalOf(access);
    const responses = { ...operation.responses, ...(refusal === null ? {} : failures({ 403: refusal })) };
    const security = securityOf(access);
    described[openapi.path] = { ...item, [openapi.method]: { ...operation, security, responses } };
  }
  return described;
}
