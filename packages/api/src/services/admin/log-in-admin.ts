import { createHash, randomBytes } from 'node:crypto';
import type { Repositories } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { LoginInput } from '@instashare/contracts';
import type { Origin } from '../../auth/principal.ts';
import type { Dependencies } from '../dependencies.ts';
import { forgiveLogIns, proveLogIn } from '../prove-log-in.ts';
import { recordAudit } from '../record-audit.ts';

/** So long a log-in to the admin pages is good, however much it is used. */
const SESSION_MS = 60 * 60_000;
/** What it is called among the user's sessions. */
const DEVICE_NAME = 'Admin pages';

type Used = Pick<Dependencies, 'adminSessions' | 'attempts' | 'database' | 'newId' | 'now'>;

interface Arrival {
  readonly origin: Origin;
  /** What the browser keeps of log-ins before this one; their sessions end. */
  readonly cookies: readonly string[];
}

/** Gives what the browser is to keep. Rejects as `proveLogIn` does, for somebody who is no admin as for a wrong password. */
export async function logInAdmin(
  deps: Used,
  input: Pick<LoginInput, 'email' | 'password'>,
  { origin, cookies }: Arrival,
): Promise<string> {
  const user = await proveLogIn(deps, input, {
    origin,
    isOpenTo: ({ isAdmin }) => isAdmin,
    tellFailure: (isRight) => ({ where: 'admin pages', ...(isRight ? { why: 'not an admin' } : {}) }),
  });
  const sessionId = deps.newId();
  const now = deps.now();
  await deps.database.transaction(async (repositories) => {
    if (!(await repositories.users.lockLive(user.id, user.passwordHash))) throw errors.invalidCredentials();
    await repositories.sessions.insert(
      {
        id: sessionId,
        userId: user.id,
        deviceName: DEVICE_NAME,
        ...origin,
        // Of something that nobody has: this session can not be refreshed.
        refreshTokenSha256: createHash('sha256').update(randomBytes(32)).digest('hex'),
        expiresAt: new Date(now.getTime() + SESSION_MS),
        forAdmin: true,
      },
      now,
    );
    // The flag may have been withdrawn since: that ended the sessions that there were, without this one.
    if ((await repositories.admin.findSession(sessionId, now))?.isAdmin !== true)
      throw errors.invalidCredentials();
    for (const cookie of cookies) await endSession(deps, repositories, { cookie, origin });
    const actor = { kind: 'session', userId: user.id, sessionId, origin } as const;
    await recordAudit(deps, repositories, { actor, kind: 'admin_logged_in' });
  });
  await forgiveLogIns(deps, input);
  return deps.adminSessions.make(sessionId);
}

/** Who logs in again has no more use for the session before, and could not log out of it any more. */
async function endSession(
  deps: Used,
  repositories: Repositories,
  { cookie, origin }: { readonly cookie: string; readonly origin: Origin },
): Promise<void> {
  const sessionId = deps.adminSessions.sessionIdOf(cookie);
  if (sessionId === null) return;
  const found = await repositories.admin.findSession(sessionId, deps.now());
  if (found === null || !found.isLive) return;
  await repositories.sessions.revoke(sessionId, deps.now());
  const actor = { kind: 'session', userId: found.userId, sessionId, origin } as const;
  await recordAudit(deps, repositories, { actor, kind: 'logged_out' });
}
