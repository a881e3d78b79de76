import {
  createTokenInputSchema,
  createTokenResultSchema,
  listTokensInputSchema,
  listTokensResultSchema,
  tokenIdInputSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { createToken } from '../services/create-token.ts';
import { listTokens } from '../services/list-tokens.ts';
import { revokeToken } from '../services/revoke-token.ts';
import { router, sessionProcedure } from './init.ts';
import { once } from './once.ts';

const tags = ['Tokens'];

export const tokensRouter = router({
  create: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/tokens',
        tags,
        protect: true,
        summary: 'Make a personal access token',
        description:
          'For scripts and other programs: send it in place of an access token. It needs no refresh, does only what ' +
          'its scopes say, and never account matters. The answer is the only place where it ever stands.',
      },
      errors: ['limit_reached'],
      isIdempotent: true,
    })
    .input(createTokenInputSchema)
    .output(createTokenResultSchema)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'tokens.create', input }, (keep) =>
        createToken(ctx.deps, ctx.principal, { ...input, keep }),
      ),
    ),

  list: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/tokens',
        tags,
        protect: true,
        summary: 'List personal access tokens, the newest first',
        description: 'Names, scopes and when they were last used; never the secrets.',
      },
    })
    .input(listTokensInputSchema)
    .output(listTokensResultSchema)
    .query(({ ctx, input }) => listTokens(ctx.deps, ctx.principal.userId, input)),

  revoke: sessionProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/tokens/{id}',
        tags,
        protect: true,
        summary: 'Revoke a personal access token; it stops at once',
        description: 'The next request that sends it is answered with 401.',
      },
      errors: ['token_not_found'],
    })
    .input(tokenIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await revokeToken(ctx.deps, ctx.principal, input);
      return {};
    }),
});
