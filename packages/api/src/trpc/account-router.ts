import {
  changePasswordInputSchema,
  deleteAccountInputSchema,
  endedSessionsSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { changePassword } from '../services/change-password.ts';
import { deleteAccount } from '../services/delete-account.ts';
import { router, sessionProcedure } from './init.ts';

const tags = ['Account'];

export const accountRouter = router({
  changePassword: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/account/password',
        tags,
        protect: true,
        summary: 'Change the password; every other session ends',
        description: 'Personal access tokens stay: revoke those that should not.',
      },
      errors: ['invalid_credentials', 'rate_limited'],
    })
    .input(changePasswordInputSchema)
    .output(endedSessionsSchema)
    .mutation(({ ctx, input }) => changePassword(ctx.deps, ctx.principal, input)),

  delete: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/account/delete',
        tags,
        protect: true,
        summary: 'Delete the account with everything in it, for good',
        description:
          'From the answer on nobody gets in: sessions and tokens have stopped, and the e-mail address is free. ' +
          'Files and their contents are removed soon after; nothing of them can be restored.',
      },
      errors: ['invalid_credentials', 'rate_limited'],
    })
    .input(deleteAccountInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await deleteAccount(ctx.deps, ctx.principal, input);
      return {};
    }),
});
