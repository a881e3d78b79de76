import { usageSchema } from '@instashare/contracts';
import { z } from 'zod';
import { getUsage } from '../services/get-usage.ts';
import { readProcedure, router } from './init.ts';

export const usageRouter = router({
  get: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/usage',
        tags: ['Usage'],
        protect: true,
        summary: 'What the account holds, and what compression saved',
        errorResponses: [401, 500, 503],
      },
    })
    .input(z.object({}).optional())
    .output(usageSchema)
    .query(({ ctx }) => getUsage(ctx.deps, ctx.principal.userId)),
});
