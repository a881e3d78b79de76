import {
  authResultSchema,
  loginInputSchema,
  refreshInputSchema,
  registerInputSchema,
  userSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { getUser } from '../services/get-user.ts';
import { logIn } from '../services/log-in.ts';
import { logOut } from '../services/log-out.ts';
import { refreshSession } from '../services/refresh-session.ts';
import { registerUser } from '../services/register-user.ts';
import { publicProcedure, router, sessionProcedure, userProcedure } from './init.ts';

const tags = ['Users'];

export const usersRouter = router({
  register: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/register',
        tags,
        protect: false,
        summary: 'Make an account',
        description: 'The answer is already a log-in: send `accessToken` as `Authorization: Bearer …`.',
      },
      errors: ['registration_closed', 'email_taken', 'rate_limited'],
    })
    .input(registerInputSchema)
    .output(authResultSchema)
    .mutation(({ ctx, input }) => registerUser(ctx.deps, input, ctx.origin)),

  login: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/login',
        tags,
        protect: false,
        summary: 'Log in',
        description:
          'Makes a session, for one device. The access token lives for minutes, the refresh token for months.',
      },
      errors: ['invalid_credentials', 'rate_limited'],
    })
    .input(loginInputSchema)
    .output(authResultSchema)
    .mutation(({ ctx, input }) => logIn(ctx.deps, input, ctx.origin)),

  refresh: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/refresh',
        tags,
        protect: false,
        summary: 'Exchange a refresh token for new tokens',
        description:
          'Each refresh token is good for one exchange. One that is used again after that ends its session: ' +
          'somebody else may have it. A retry within a few seconds gets the same answer.',
      },
      errors: ['session_ended', 'rate_limited'],
    })
    .input(refreshInputSchema)
    .output(authResultSchema)
    .mutation(({ ctx, input }) => refreshSession(ctx.deps, input, ctx.origin)),

  logout: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/logout',
        tags,
        protect: true,
        summary: 'End this session',
        description: 'Its access and refresh tokens stop at once.',
      },
    })
    .input(z.object({}).optional())
    .output(z.object({}))
    .mutation(async ({ ctx }) => {
      await logOut(ctx.deps, ctx.principal);
      return {};
    }),

  me: userProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/users/me',
        tags,
        protect: true,
        summary: 'Who is logged in',
        description: 'For a log-in and for a personal access token alike.',
      },
    })
    .input(z.object({}).optional())
    .output(userSchema)
    .query(({ ctx }) => getUser(ctx.deps, ctx.principal.userId)),
});
