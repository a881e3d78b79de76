import { finished, type Readable } from 'node:stream';
import type { Repositories, ShareRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';

/** A download may take hours: so soon it notices that its link is over. */
const LOOK_EVERY_MS = 2_000;

type Used = Pick<Dependencies, 'now'> & {
  readonly database: {
    readonly repositories: { readonly shares: Pick<Repositories['shares'], 'isLive'> };
  };
};

/**
 * Breaks a running download off, so that nobody takes it for whole, soon after its link was revoked or has expired, or
 * its account is gone. That it was the last one that was allowed does not matter to it.
 */
export function endWithShare(
  { database: { repositories }, now }: Used,
  { id }: Pick<ShareRow, 'id'>,
  body: Readable,
): Readable {
  const look = async (): Promise<void> => {
    if (!(await repositories.shares.isLive(id, now()))) body.destroy(errors.shareNotFound());
  };
  // A database that is away says nothing of the link: it is asked again.
  const timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS);
  timer.unref();
  // Also when it has ended by now: who asked for it may be gone.
  finished(body, () => clearInterval(timer));
  return body;
}
