import type { ClaimedSession, OpenedUpload, Repositories } from '@instashare/backend/database';
import { gather } from '../auth/gather.ts';

/** On whose behalf an upload is opened. */
export interface OpeningAccount {
  readonly userId: string;
  /** That must still live when it is opened; null: that was looked up before. */
  readonly session: ClaimedSession | null;
}

/**
 * Writes the row of an upload, together with others of the account that come while its last ones are written: they all wait for
 * the row in which their bytes are booked. False, and nothing written, where they don't all have room, or the session is over.
 */
export type OpenTogether = (account: OpeningAccount, upload: OpenedUpload) => Promise<boolean>;

export function createOpenTogether({
  uploads,
  now,
}: {
  readonly uploads: Pick<Repositories['uploads'], 'open'>;
  readonly now: () => Date;
}): OpenTogether {
  const gathered = ({ userId, session }: OpeningAccount) =>
    gather<OpenedUpload, true>(async (given) => {
      const claim = session === null ? null : { ...session, now: now() };
      const isOpen = await uploads.open(userId, [...given], claim);
      return new Map(isOpen ? [...given].map((upload) => [upload, true]) : []);
    });
  /** Of those accounts of which some are being opened. */
  const openings = new Map<string, { readonly open: ReturnType<typeof gathered>; count: number }>();

  return async (account, upload) => {
    const name = [account.userId, account.session?.id, account.session?.generation].join();
    const opening = openings.get(name) ?? { open: gathered(account), count: 0 };
    openings.set(name, opening);
    opening.count += 1;
    try {
      return (await opening.open(upload)) ?? false;
    } finally {
      opening.count -= 1;
      if (opening.count === 0) openings.delete(name);
    }
  };
}
