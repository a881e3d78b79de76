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
        description: 'Sizes are those of the contents; `storedBytes` is what they take in the store.',
      },
    })
    .input(z.object({}).optional())
    .output(usageSchema)
    .query(({ ctx }) => getUsage(ctx.deps, ctx.principal.userId)),
});
