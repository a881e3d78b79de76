import { type EntityManager, IsNull, LessThan, MoreThan, Not, type Repository } from 'typeorm';
import { UploadEntity, type UploadRow } from '../entities/upload.ts';
import { plainArray, textArray, timeArray } from './array-literal.ts';
import { NOT_DURABLE, preparedRows, row, rows } from './query.ts';
import { claimStands, type TimedClaim } from './session-repository.ts';

export type NewUpload = Omit<UploadRow, 'createdAt' | 'fileId' | 'ifVersion' | 'state'> &
  Partial<Pick<UploadRow, 'ifVersion'>>;

/** As it is opened: all its bytes are reserved. */
export type OpenedUpload = Omit<NewUpload, 'reservedBytes' | 'userId'>;

interface OpenedColumn {
  readonly name: string;
  readonly type: string;
  readonly valueOf: (upload: OpenedUpload) => unknown;
  /** The same of many, as PostgreSQL writes an array. */
  readonly valuesOf: (uploads: readonly OpenedUpload[]) => string;
}

function column<Value>(
  name: string,
  [type, arrayOf]: readonly [string, (values: readonly Value[]) => string],
  valueOf: (upload: OpenedUpload) => Value,
): OpenedColumn {
  return { name, type, valueOf, valuesOf: (uploads) => arrayOf(uploads.map(valueOf)) };
}

const TEXT = ['text', textArray] as const;
const TIME = ['timestamptz', timeArray] as const;

/** What is given of each upload that is opened. */
const OPENED = [
  column('id', ['uuid', plainArray], ({ id }) => id),
  column('path', TEXT, ({ path }) => path),
  column('size_bytes', ['bigint', plainArray], ({ sizeBytes }) => sizeBytes),
  column('sha256_hex', TEXT, ({ sha256 }) => sha256),
  column('content_type', TEXT, ({ contentType }) => contentType),
  column('modified_at', TIME, ({ modifiedAt }) => modifiedAt),
  column('object_key', TEXT, ({ objectKey }) => objectKey),
  column('if_version', ['integer', plainArray], ({ ifVersion }) => ifVersion ?? null),
  column('expires_at', TIME, ({ expiresAt }) => expiresAt),
  column('session', TEXT, ({ session }) => session),
];

/** The type of each column, of the parameters behind the six that are about the account. */
const parametersOf = (suffix: '' | '[]'): string =>
  OPENED.map(({ type }, index) => `$${index + 7}::${type}${suffix}`).join();

/**
 * See {@link UploadRepository.open}. `given`: the uploads as a table (SQL). What takes no room is opened also where the
 * quota was lowered below what is held.
 */
const openStatement = (given: string): string => `
  WITH reserved AS (
    UPDATE users SET used_bytes = used_bytes + $2
    WHERE id = $1 AND (quota_bytes IS NULL OR $2::bigint = 0 OR used_bytes + $2 <= quota_bytes)
      AND ($3::uuid IS NULL OR ${claimStands({ id: '$3', userId: '$4', generation: '$5', now: '$6' })})
    RETURNING id
  ), opened AS (
    INSERT INTO uploads (id, user_id, path, size_bytes, reserved_bytes, sha256, content_type, modified_at,
                         object_key, if_version, expires_at, session, state)
    SELECT given.id, reserved.id, path, size_bytes, size_bytes, decode(sha256_hex, 'hex'), content_type, modified_at,
           object_key, if_version, expires_at, session, 'pending'
    FROM reserved, ${NOT_DURABLE}, ${given} AS given (${OPENED.map(({ name }) => name).join()})
  )
  SELECT id FROM reserved`;

const OPEN_ONE = openStatement(`(VALUES (${parametersOf('')}))`);
/** A good deal dearer for one alone. */
const OPEN_MANY = openStatement(`unnest(${parametersOf('[]')})`);

export class UploadRepository {
  readonly #manager: EntityManager;
  readonly #uploads: Repository<UploadRow>;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#uploads = manager.getRepository(UploadEntity);
  }

  async insert(upload: NewUpload): Promise<void> {
    await this.#uploads.insert({ ...upload, state: 'pending', fileId: null });
  }

  /**
   * Inserts uploads of one account and books their bytes; false, and nothing changed, when the quota has no room for all of
   * them, or `claim` does not stand. Not durable, and not for a transaction. One statement, since all uploads of an account
   * wait for the row in which is booked.
   */
  async open(
    userId: string,
    uploads: readonly OpenedUpload[],
    claim: TimedClaim | null = null,
  ): Promise<boolean> {
    const [first] = uploads;
    if (first === undefined) return true;
    const isOne = uploads.length === 1;
    const opened = await preparedRows(this.#manager, isOne ? OPEN_ONE : OPEN_MANY, [
      userId,
      uploads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      claim?.id ?? null,
      claim?.userId ?? null,
      claim?.generation ?? null,
      claim?.now ?? null,
      ...OPENED.map(({ valueOf, valuesOf }) => (isOne ? valueOf(first) : valuesOf(uploads))),
    ]);
    return opened.length > 0;
  }

  /** An upload of this user; null for another user's, as if it did not exist. */
  find(userId: string, id: string): Promise<UploadRow | null> {
    return this.#uploads.findOneBy({ id, userId });
  }

  /**
   * The newest pending upload of this user that was asked for with the same words as `upload`, even if it has expired; null
   * when there is none. None without a session: its bytes come through the api itself, or its creation was cut off or is
   * not done.
   */
  findSame(userId: string, upload: OpenedUpload): Promise<UploadRow | null> {
    const { path, sizeBytes, sha256, contentType, modifiedAt, ifVersion } = upload;
    return this.#uploads.findOne({
      where: {
        userId,
        path,
        sizeBytes,
        sha256: sha256 ?? IsNull(),
        contentType,
        modifiedAt: modifiedAt ?? IsNull(),
        ifVersion: ifVersion ?? IsNull(),
        state: 'pending',
        session: Not(IsNull()),
      },
      order: { id: 'DESC' },
    });
  }

  /** Whoever's it is: for requests that carry the session's signed address instead of a log-in. */
  findById(id: string): Promise<UploadRow | null> {
    return this.#uploads.findOneBy({ id });
  }

  /** An upload of this user, locked until the transaction ends. */
  lock(userId: string, id: string): Promise<UploadRow | null> {
    return this.#uploads.findOne({ where: { id, userId }, lock: { mode: 'pessimistic_write' } });
  }

  async markCompleted(
    id: string,
    { fileId, sha256 }: { readonly fileId: string; readonly sha256: string },
  ): Promise<void> {
    await this.#uploads.update({ id }, { state: 'completed', fileId, sha256, reservedBytes: 0 });
  }

  /** Notes what is booked for an upload whose size was not known before its bytes had come; false when it is over. */
  async setReserved(id: string, sizeBytes: number): Promise<boolean> {
    const updated = await this.#uploads.update(
      { id, state: 'pending' },
      { sizeBytes, reservedBytes: sizeBytes },
    );
    return updated.affected === 1;
  }

  /** Gives a pending upload until `expiresAt`. */
  async extend(id: string, expiresAt: Date): Promise<void> {
    await this.#uploads.update({ id, state: 'pending' }, { expiresAt });
  }

  /** Notes the store's session of an upload whose row came first, or another one in its place; false when the upload is over. */
  async setSession(id: string, session: string): Promise<boolean> {
    const updated = await this.#uploads.update({ id, state: 'pending' }, { session });
    return updated.affected === 1;
  }

  /** As {@link setSession} for one that was only just {@link open}ed. Not durable, and not for a transaction. */
  async setFirstSession(id: string, session: string): Promise<boolean> {
    const updated = await preparedRows(
      this.#manager,
      `UPDATE uploads SET session = $2 FROM ${NOT_DURABLE} WHERE id = $1 AND state = 'pending' RETURNING id`,
      [id, session],
    );
    return updated.length > 0;
  }

  /** Ends a pending upload: see {@link expire}. False, and nothing changed, when it was not pending. */
  end(id: string, now: Date): Promise<boolean> {
    return this.#end(id, { now, expiresBefore: null });
  }

  /**
   * Ends a pending upload that has expired, gives back what it had reserved, and lets go of its bytes, all in
   * one statement. False, and nothing changed, when it was not pending, or was given more time.
   */
  expire(id: string, now: Date): Promise<boolean> {
    return this.#end(id, { now, expiresBefore: now });
  }

  async #end(
    id: string,
    times: { readonly now: Date; readonly expiresBefore: Date | null },
  ): Promise<boolean> {
    const ended = await row(
      this.#manager,
      `WITH before AS (
         SELECT id, user_id, object_key, reserved_bytes FROM uploads
         WHERE id = $1 AND state = 'pending' AND ($3::timestamptz IS NULL OR expires_at <= $3) FOR UPDATE
       ), ended AS (
         UPDATE uploads SET state = 'ended', reserved_bytes = 0 FROM before WHERE uploads.id = before.id
       ), released AS (
         UPDATE users SET used_bytes = used_bytes - before.reserved_bytes FROM before WHERE users.id = before.user_id
       ), let_go AS (
         INSERT INTO object_deletions (object_key, due_at) SELECT object_key, $2 FROM before
         ON CONFLICT (object_key) DO NOTHING
       )
       SELECT id FROM before`,
      [id, times.now, times.expiresBefore],
    );
    return ended !== null;
  }

  /** Up to `limit` uploads that came to nothing: expired before `before` while open, or ended. */
  async findOver(before: Date, limit: number): Promise<UploadRow[]> {
    const ended = await this.#uploads.find({ where: { state: 'ended' }, take: limit });
    const expired = await this.#uploads.find({
      where: { expiresAt: LessThan(before), state: 'pending' },
      order: { expiresAt: 'ASC' },
      take: limit,
    });
    return [...ended, ...expired];
  }

  /** How many there are of those that {@link findOver} and {@link removeCompleted} are about. */
  countOver(before: Date): Promise<number> {
    const expiresAt = LessThan(before);
    return this.#uploads.countBy([
      { state: 'ended' },
      { state: 'pending', expiresAt },
      { state: 'completed', expiresAt },
    ]);
  }

  /**
   * The next `limit` open sessions after `afterId` (null: from the first) that were opened before `before` and
   * whose sha256 is known.
   */
  findUncompleted(
    afterId: string | null,
    { before, limit }: { readonly before: Date; readonly limit: number },
  ): Promise<UploadRow[]> {
    return this.#uploads.find({
      where: {
        ...(afterId === null ? {} : { id: MoreThan(afterId) }),
        state: 'pending',
        sha256: Not(IsNull()),
        session: Not(IsNull()),
        createdAt: LessThan(before),
      },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Removes up to `limit` completed uploads that expired before `before`; gives how many. */
  async removeCompleted(before: Date, limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM uploads WHERE id IN (
         SELECT id FROM uploads WHERE state = 'completed' AND expires_at < $1 ORDER BY expires_at LIMIT $2
       ) RETURNING id`,
      [before, limit],
    );
    return removed.length;
  }

  async remove(id: string): Promise<void> {
    await this.#uploads.delete({ id });
  }
}
