import { errors } from '@instashare/backend/errors';
import { loginInputSchema } from '@instashare/contracts';
import { parseByteCount } from '@instashare/contracts/rules';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERROR_STATUS } from '../../edge/error-status.ts';
import { toAppError } from '../../edge/to-app-error.ts';
import { logInAdmin } from '../../services/admin/log-in-admin.ts';
import { requireAdmins } from '../../services/admin/require-admins.ts';
import { retryJobs } from '../../services/admin/retry-jobs.ts';
import { setQuota } from '../../services/admin/set-quota.ts';
import { JOB_NAMES, JOB_STATES, viewQueue } from '../../services/admin/view-queue.ts';
import { type AccountsWanted, viewServer } from '../../services/admin/view-server.ts';
import type { Dependencies } from '../../services/dependencies.ts';
import { logOut } from '../../services/log-out.ts';
import { acceptForms, MAX_FORM_BYTES } from '../forms.ts';
import { adminOf, lookForAdmin } from '../guard-routes.ts';
import { originOf } from '../origin-of.ts';
import { logUnexpected, sendError } from '../reply-error.ts';
import { adminCookiesOf, adminPath, clearAdminCookie, setAdminCookie } from './admin-cookie.ts';
import { ADMIN_PAGE_POLICY, renderAdminProblem, renderLogIn } from './admin-page.ts';
import { renderOverview } from './overview-page.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { renderQueue } from './queue-page.ts';

const MAX_EMAIL = 254;
/** The database keeps no NUL in a text, and nobody types one. */
const textSchema = (max: number) =>
  z
    .string()
    .max(max)
    .refine((given) => !given.includes('\0'), 'must not contain NUL characters');
const text = textSchema(MAX_EMAIL).optional();
/** An empty field of a form is one that was not filled in. */
const wantedSchema = z
  .object({ account: text, after: text })
  .transform(({ account, after }) => ({ account: account?.trim() || null, after: after || null }));
const logInSchema = loginInputSchema.pick({ email: true, password: true });
const userSchema = z.object({ id: z.uuid() });
const quotaSchema = z.object({ quota: textSchema(40) });
const queueNameSchema = z.enum(JOB_NAMES);
const shownSchema = z.object({
  queue: queueNameSchema.nullable().default(null),
  state: z.enum(JOB_STATES).default('failed'),
});
const jobSchema = z.object({ queue: queueNameSchema, id: textSchema(200).optional() });

/** `/admin`: pages for who runs the server (ADR 27). They run no script, and to all others they are not there. */
export const adminRoutes: FastifyPluginAsync<Dependencies> = async (app, deps) => {
  const base = adminPath(deps.config.publicUrl);
  const config = { access: 'admin' } as const;
  acceptForms(app);
  tellInPages(app, deps.config.publicUrl);
  addLogIn(app, deps);

  app.post('/admin/logout', { config, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    await logOut(deps, adminOf(request));
    void reply.header('set-cookie', clearAdminCookie(deps.config.publicUrl));
    return goTo(reply, base);
  });

  app.post('/admin/users/:id/quota', { config, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    const { id: userId } = userSchema.parse(request.params);
    const { quota } = quotaSchema.parse(request.body);
    const wanted = wantedSchema.parse(request.body);
    await setQuota(deps, adminOf(request), { userId, quotaBytes: readQuota(quota) });
    return goTo(reply, addressOf(base, wanted));
  });

  app.get('/admin/queue', { config, exposeHeadRoute: false }, async (request, reply) => {
    const view = await viewQueue(deps, shownSchema.parse(request.query));
    return sendPage(reply, renderQueue(view, { base, admin: adminOf(request) }, deps.now()));
  });

  for (const url of ['/admin/queue/:queue/retry', '/admin/queue/:queue/jobs/:id/retry']) {
    app.post(url, { config, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
      const { id: jobId = null, queue } = jobSchema.parse(request.params);
      await retryJobs(deps, adminOf(request), { queue, jobId });
      return goTo(reply, `${base}/queue?queue=${queue}&state=failed#jobs`);
    });
  }
};

/** The two routes that ask who it is. Where nobody is an admin they are not there either. */
function addLogIn(app: FastifyInstance, deps: Dependencies): void {
  const base = adminPath(deps.config.publicUrl);
  const config = { access: 'public' } as const;

  app.get('/admin', { config, exposeHeadRoute: false }, async (request, reply) => {
    const admin = await lookForAdmin(deps, request);
    if (admin === null) {
      await requireAdmins(deps);
      return sendPage(reply, renderLogIn(base, null));
    }
    const wanted = wantedSchema.parse(request.query);
    return sendPage(reply, renderOverview(await viewServer(deps, wanted), { base, admin }, wanted));
  });

  app.post('/admin/login', { config, bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
    await requireAdmins(deps);
    requireOwnOrigin(request, deps.config.publicUrl);
    const input = logInSchema.parse(request.body);
    const value = await logInAdmin(deps, input, {
      origin: originOf(request),
      cookies: adminCookiesOf(request),
    });
    void reply.header('set-cookie', setAdminCookie(deps.config.publicUrl, value));
    return goTo(reply, base);
  });
}

/** The overview with the accounts that it showed. */
function addressOf(base: string, { account, after }: AccountsWanted): string {
  const query = new URLSearchParams();
  if (account !== null) query.set('account', account);
  if (after !== null) query.set('after', after);
  return query.size === 0 ? base : `${base}?${query.toString()}`;
}

/** `10 GiB`, or nothing for no limit. */
function readQuota(given: string): number | null {
  const quota = given.trim();
  if (quota === '' || quota === 'none') return null;
  const bytes = parseByteCount(quota);
  if (bytes === null)
    throw errors.invalidField('quota', `"${quota}" is no number of bytes such as 500 MB, 1.5 GB or 10 GiB`);
  return bytes;
}

/** Tells people in a page what is wrong; to whom the pages are not there, what any unknown address tells. */
function tellInPages(app: FastifyInstance, publicUrl: string): void {
  const base = adminPath(publicUrl);
  app.setErrorHandler((error, request: FastifyRequest, reply) => {
    const appError = toAppError(error);
    logUnexpected(request.log, appError);
    const { code, message, retryAfterSeconds } = appError;
    if (code === 'not_found') return sendError(reply, appError);
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    void reply.code(ERROR_STATUS[code].status);
    const isAtLogIn = request.routeOptions.url === '/admin/login';
    const asksAgain =
      code === 'session_ended' ||
      (isAtLogIn && ['invalid_credentials', 'invalid_input', 'rate_limited'].includes(code));
    if (asksAgain) return sendPage(reply, renderLogIn(base, message));
    const back = code === 'wrong_origin' ? `${publicUrl}/admin` : base;
    return sendPage(reply, renderAdminProblem(back, message));
  });
}

/** Another policy than all answers have: with `no-referrer` a browser would not say which page sends a form. */
const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': ADMIN_PAGE_POLICY,
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
} as const;

const sendPage = (reply: FastifyReply, html: string): FastifyReply =>
  reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(html);

const goTo = (reply: FastifyReply, location: string): FastifyReply =>
  reply.code(303).headers(PAGE_HEADERS).header('location', location).send();
