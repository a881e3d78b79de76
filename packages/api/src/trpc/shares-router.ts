import {
  createShareInputSchema,
  createShareResultSchema,
  listSharesInputSchema,
  listSharesResultSchema,
  shareIdInputSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { createShare } from '../services/create-share.ts';
import { listShares } from '../services/list-shares.ts';
import { revokeShare } from '../services/revoke-share.ts';
import { router, shareProcedure } from './init.ts';
import { once } from './once.ts';

const tags = ['Shares'];

export const sharesRouter = router({
  create: shareProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/shares',
        tags,
        protect: true,
        summary: 'Make a share link to a file or a folder',
        description:
          'Whoever has the link may look and download, without an account, until it expires, is used up or is revoked.',
      },
      errors: ['file_not_found', 'folder_not_found', 'limit_reached', 'rate_limited'],
      isIdempotent: true,
    })
    .input(createShareInputSchema)
    .output(createShareResultSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'shares.create', input }, (keep) =>
        createShare(ctx.deps, ctx.principal, { ...input, keep }),
      ),
    ),

  list: shareProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/shares',
        tags,
        protect: true,
        summary: 'List share links, the newest first',
        description:
          'Also those that have expired or are used up. The links themselves are told once, when they are ' +
          'made.',
      },
    })
    .input(listSharesInputSchema)
    .output(listSharesResultSchema)
    .query(({ ctx, input }) => listShares(ctx.deps, ctx.principal.userId, input)),

  revoke: shareProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/shares/{id}',
        tags,
        protect: true,
        summary: 'Revoke a share link; it stops at once',
        description:
          'Nobody begins another download, and those that are running are broken off within seconds.',
      },
      errors: ['share_not_found'],
    })
    .input(shareIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await revokeShare(ctx.deps, ctx.principal, input);
      return {};
    }),
});
