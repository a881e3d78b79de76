import { type EntityManager, LessThan, type Repository } from 'typeorm';
import { SessionEntity, type SessionEntityRow } from '../entities/session.ts';
import { plainArray } from './array-literal.ts';
import { preparedRows, row, rows } from './query.ts';

export type NewSession = Omit<
  SessionEntityRow,
  'createdAt' | 'generation' | 'rotatedAt' | 'lastSeenAt' | 'revokedAt' | 'forAdmin'
> & { readonly forAdmin?: boolean };

/** A session by which its user may go on. */
export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  /** Of its refreshes. */
  readonly generation: number;
  /** See {@link SessionRow.isConfirmed}. */
  readonly isConfirmed: boolean;
}

/** A session as an access token names it. */
export type ClaimedSession = Pick<LiveSession, 'id' | 'userId' | 'generation'>;

/** One that is to stand as of a time. */
export type TimedClaim = ClaimedSession & { readonly now: Date };

/** Of a row of `sessions`: whether its user may go on, as of this time (SQL). */
const lives = (now: string): string => `revoked_at IS NULL AND expires_at > ${now}`;
/** See {@link SessionRow.isConfirmed}. */
const IS_CONFIRMED = 'last_seen_at > rotated_at';

/** That a {@link ClaimedSession} lives, and that nothing is to be noted of its use. What is given is SQL. */
export const claimStands = (claimed: Record<'id' | 'userId' | 'generation' | 'now', string>): string =>
  `EXISTS (SELECT FROM sessions WHERE id = ${claimed.id} AND user_id = ${claimed.userId} AND ${lives(claimed.now)}
             AND (generation <> ${claimed.generation} OR ${IS_CONFIRMED}))`;

/** A session as its user sees it. */
export type ListedSession = Pick<
  SessionEntityRow,
  'id' | 'deviceName' | 'address' | 'userAgent' | 'createdAt' | 'lastSeenAt' | 'expiresAt'
>;

/** A session with what its user is called. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly generation: number;
  readonly refreshTokenSha256: string;
  readonly rotatedAt: Date;
  /** An access token that came with the newest refresh token was used: its answer arrived. */
  readonly isConfirmed: boolean;
  readonly user: { readonly id: string; readonly email: string; readonly name: string | null };
}

export class SessionRepository {
  readonly #manager: EntityManager;
  readonly #sessions: Repository<SessionEntityRow>;
  readonly #onNews: (userId: string) => void;

  constructor(manager: EntityManager, onNews: (userId: string) => void) {
    this.#manager = manager;
    this.#onNews = onNews;
    this.#sessions = manager.getRepository(SessionEntity);
  }

  async insert(session: NewSession, now: Date): Promise<void> {
    await this.#sessions.insert({ ...session, rotatedAt: now, lastSeenAt: now });
  }

  /** A session that is neither revoked nor expired, locked until the transaction ends. */
  async lockLive(id: string, now: Date): Promise<SessionRow | null> {
    return row<SessionRow>(
      this.#manager,
      `SELECT s.id, s.user_id AS "userId", s.generation, s.rotated_at AS "rotatedAt",
              s.last_seen_at > s.rotated_at AS "isConfirmed",
              encode(s.refresh_token_sha256, 'hex') AS "refreshTokenSha256",
              json_build_object('id', u.id, 'email', u.email, 'name', u.name) AS "user"
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2
       FOR UPDATE OF s`,
      [id, now],
    );
  }

  /** Those of these sessions that live, and whose users do. */
  async findLive(ids: readonly string[], now: Date): Promise<LiveSession[]> {
    return preparedRows(
      this.#manager,
      `SELECT id, user_id AS "userId", generation, ${IS_CONFIRMED} AS "isConfirmed" FROM sessions
       WHERE id = ANY($1::uuid[]) AND ${lives('$2')}`,
      [plainArray(ids), now],
    );
  }

  /** Notes that a session was used after a rotation: the answer with the newest refresh token arrived. */
  async confirm({ id, generation }: LiveSession, now: Date): Promise<void> {
    await rows(
      this.#manager,
      `UPDATE sessions SET last_seen_at = greatest($3, rotated_at + interval '1 millisecond')
       WHERE id = $1 AND generation = $2`,
      [id, generation, now],
    );
  }

  /** Removes up to `limit` sessions that expired before `before`; gives how many. */
  async removeExpired(before: Date, limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT $2) RETURNING id`,
      [before, limit],
    );
    return removed.length;
  }

  async countExpired(before: Date): Promise<number> {
    return this.#sessions.countBy({ expiresAt: LessThan(before) });
  }

  async rotate(
    id: string,
    next: { readonly generation: number; readonly refreshTokenSha256: string; readonly expiresAt: Date },
    now: Date,
  ): Promise<void> {
    await this.#sessions.update({ id }, { ...next, rotatedAt: now, lastSeenAt: now });
  }

  async revoke(id: string, now: Date): Promise<void> {
    const revoked = await rows<{ userId: string }>(
      this.#manager,
      'UPDATE sessions SET revoked_at = $2 WHERE id = $1 RETURNING user_id AS "userId"',
      [id, now],
    );
    for (const { userId } of revoked) this.#onNews(userId);
  }

  /** A page of a user's sessions that live, the newest first, those begun before `beforeId`. */
  listLive(
    userId: string,
    page: { readonly beforeId: string | null; readonly limit: number; readonly now: Date },
  ): Promise<ListedSession[]> {
    return rows(
      this.#manager,
      `SELECT id, device_name AS "deviceName", address, user_agent AS "userAgent", created_at AS "createdAt",
              last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
       FROM sessions
       WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [userId, page.now, page.beforeId, page.limit],
    );
  }

  /** Ends a session of this user; gives its device's name, and null when there is no such session that lives. */
  async revokeLive(userId: string, id: string, now: Date): Promise<{ deviceName: string | null } | null> {
    const revoked = await row<{ deviceName: string | null }>(
      this.#manager,
      `UPDATE sessions SET revoked_at = $3
       WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL AND expires_at > $3
       RETURNING device_name AS "deviceName"`,
      [userId, id, now],
    );
    if (revoked !== null) this.#onNews(userId);
    return revoked;
  }

  /** Ends a user's sessions of the admin pages, and no others. */
  async revokeForAdmin(userId: string, now: Date): Promise<void> {
    const revoked = await rows(
      this.#manager,
      'UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND for_admin AND revoked_at IS NULL RETURNING id',
      [userId, now],
    );
    if (revoked.length > 0) this.#onNews(userId);
  }

  async removeAll(userId: string): Promise<void> {
    await this.#sessions.delete({ userId });
    this.#onNews(userId);
  }

  /** Ends all sessions of a user but one (null: all of them); gives how many. */
  async revokeOthers(userId: string, exceptId: string | null, now: Date): Promise<number> {
    const revoked = await rows(
      this.#manager,
      `UPDATE sessions SET revoked_at = $3
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2) AND revoked_at IS NULL AND expires_at > $3 RETURNING id`,
      [userId, exceptId, now],
    );
    if (revoked.length > 0) this.#onNews(userId);
    return revoked.length;
  }
}
