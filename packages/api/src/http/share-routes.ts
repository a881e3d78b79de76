import { filePathSchema, MAX_PASSWORD_LENGTH } from '@instashare/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { toAppError } from '../edge/to-app-error.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { openShare, unlockShare, type Visit } from '../services/open-share.ts';
import { viewShare } from '../services/view-share.ts';
import { abortSignalOf } from './abort-signal.ts';
import { acceptForms, MAX_FORM_BYTES } from './forms.ts';
import { originOf } from './origin-of.ts';
import { cookiesOf, pageCookie } from './page-cookie.ts';
import { logUnexpected } from './reply-error.ts';
import { serveSharedFile, serveSharedZip } from './share-downloads.ts';
import { renderLocked, renderProblem, renderShare, SHARE_PAGE_POLICY } from './share-page.ts';

const tokenSchema = z.object({ token: z.string() });
const fileSchema = z.object({ id: z.uuid().nullable().default(null) });
const querySchema = z.object({ after: filePathSchema.optional() });
const formSchema = z.object({ password: z.string().min(1).max(MAX_PASSWORD_LENGTH) });

const COOKIE = 'instashare-share';

/**
 * `/s/{token}`: what somebody sees who was sent a share link, in a browser and without an account: a page, the download
 * of a file, and of a folder as one zip. The link stands for the log-in.
 */
export const shareRoutes: FastifyPluginAsync<Dependencies> = async (app, deps) => {
  const config = { access: 'public' } as const;
  const { abuseContact } = deps.config;
  preparePages(app, abuseContact);

  app.get('/s/:token', { config, exposeHeadRoute: false }, async (request, reply) => {
    const share = await openShare(deps, visitOf(request));
    const { after = null } = querySchema.parse(request.query);
    const view = await viewShare(deps, share, { after, signal: abortSignalOf(reply) });
    return sendPage(reply, renderShare(view, { base: visitOf(request).token, abuseContact }));
  });

  app.post('/s/:token', { config, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const { token } = visitOf(request);
    const { password } = formSchema.parse(request.body);
    const { unlock, expiresAt } = await unlockShare(deps, { token, password }, originOf(request));
    // Sent to this share alone.
    const path = `/s/${encodeURIComponent(token)}`;
    const cookie = { name: COOKIE, value: unlock, path, sameSite: 'Lax', expiresAt } as const;
    void reply.header('set-cookie', pageCookie(deps.config.publicUrl, cookie));
    return reply.code(303).header('location', token).send();
  });

  const method = ['GET', 'HEAD'];
  for (const url of ['/s/:token/content', '/s/:token/files/:id/content']) {
    app.route({
      method,
      url,
      config,
      handler: async (request, reply) => {
        const share = await openShare(deps, visitOf(request));
        const { id } = fileSchema.parse(request.params);
        return serveSharedFile(deps, { share, fileId: id }, { request, reply });
      },
    });
  }
  app.get('/s/:token/zip', { config, exposeHeadRoute: false }, async (request, reply) =>
    serveSharedZip(deps, await openShare(deps, visitOf(request)), reply),
  );
};

/** Takes the form of a password and nothing else, and tells people in a page what is wrong. */
function preparePages(app: FastifyInstance, abuseContact: string | null): void {
  acceptForms(app);
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({ 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'private, no-store' });
  });
  app.setErrorHandler((error, request, reply) => {
    const appError = toAppError(error);
    logUnexpected(request.log, appError);
    if (appError.retryAfterSeconds !== undefined)
      void reply.header('retry-after', appError.retryAfterSeconds);
    const base = tokenSchema.parse(request.params).token;
    const isAtPage = request.routeOptions.url === '/s/:token';
    const wantsPassword = ['invalid_credentials', 'rate_limited', 'share_locked'].includes(appError.code);
    const problem = appError.code === 'share_locked' ? null : appError.message;
    void reply.code(ERROR_STATUS[appError.code].status);
    return sendPage(
      reply,
      wantsPassword && isAtPage
        ? renderLocked({ base, abuseContact }, problem)
        : renderProblem('This link does not work', appError.message),
    );
  });
}

function visitOf(request: FastifyRequest): Visit {
  const { token } = tokenSchema.parse(request.params);
  return { token, unlock: cookiesOf(request, COOKIE)[0] ?? '' };
}

const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply.header('content-security-policy', SHARE_PAGE_POLICY).type('text/html; charset=utf-8').send(html);
