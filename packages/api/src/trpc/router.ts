/**
 * The router: every procedure of Instashare, served over tRPC at /trpc and over REST by its OpenAPI meta.
 * Clients take `AppRouter` as a type only. A procedure reads its input, calls one use case and answers.
 */
import { accountRouter } from './account-router.ts';
import { auditRouter } from './audit-router.ts';
import { eventsRouter } from './events-router.ts';
import { filesRouter } from './files-router.ts';
import { foldersRouter } from './folders-router.ts';
import { router } from './init.ts';
import { sessionsRouter } from './sessions-router.ts';
import { sharesRouter } from './shares-router.ts';
import { tokensRouter } from './tokens-router.ts';
import { trashRouter } from './trash-router.ts';
import { uploadsRouter } from './uploads-router.ts';
import { usageRouter } from './usage-router.ts';
import { usersRouter } from './users-router.ts';
import { versionsRouter } from './versions-router.ts';
import { webhooksRouter } from './webhooks-router.ts';

export const appRouter = router({
  account: accountRouter,
  audit: auditRouter,
  events: eventsRouter,
  files: filesRouter,
  folders: foldersRouter,
  sessions: sessionsRouter,
  shares: sharesRouter,
  tokens: tokensRouter,
  trash: trashRouter,
  uploads: uploadsRouter,
  usage: usageRouter,
  users: usersRouter,
  versions: versionsRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
