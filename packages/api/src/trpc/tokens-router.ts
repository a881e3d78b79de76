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
        errorResponses: [400, 401, 409, 413, 415, 500, 503],
      },
    })
    .input(createTokenInputSchema)
    .output(createTokenResultSchema)
    .mutation(({ ctx, input }) => createToken(ctx.deps, ctx.principal, input)),

  list: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/tokens',
        tags,
        protect: true,
        summary: 'List personal access tokens, the newest first',
        errorResponses: [400, 401, 500, 503],
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
        errorResponses: [400, 401, 404, 500, 503],
      },
    })
    .input(tokenIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await revokeToken(ctx.deps, ctx.principal, input);
      return {};
    }),
});
