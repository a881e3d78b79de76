/**
 * The router: every procedure of Instashare, served over tRPC at /trpc and over REST by its OpenAPI meta.
 * Clients take `AppRouter` as a type only. A procedure reads its input, calls one use case and answers.
 */
import { filesRouter } from './files-router.ts';
import { router } from './init.ts';
import { uploadsRouter } from './uploads-router.ts';
import { usageRouter } from './usage-router.ts';
import { usersRouter } from './users-router.ts';

export const appRouter = router({
  files: filesRouter,
  uploads: uploadsRouter,
  usage: usageRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;
