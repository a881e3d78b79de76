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
        errorResponses: [400, 409, 413, 415, 429, 500, 503],
      },
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
        errorResponses: [400, 401, 413, 415, 429, 500, 503],
      },
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
        errorResponses: [400, 401, 413, 415, 429, 500, 503],
      },
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
        errorResponses: [401, 415, 500, 503],
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
        errorResponses: [401, 500, 503],
      },
    })
    .input(z.object({}).optional())
    .output(userSchema)
    .query(({ ctx }) => getUser(ctx.deps, ctx.principal.userId)),
});
