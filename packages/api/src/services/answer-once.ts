import type { Repositories } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';

/** A request with a key is answered the same for so long. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** Whoever claimed a key and has not answered by then has died. */
const CLAIM_MS = 60_000;
const MAX_KEY_LENGTH = 255;

/**
 * Keeps the answer of what is made, in the transaction that makes it: to be called at its end. So what was made can not
 * be without its answer, and is not made twice.
 */
export type KeepAnswer = (repositories: Repositories, answer: object) => Promise<void>;

export interface OnceRequest {
  readonly userId: string;
  /** `Idempotency-Key`; undefined when the request has none. */
  readonly key: string | undefined;
  /** What is asked for, such as `shares.create`. */
  readonly operation: string;
  /** What the request says; other words are another request. */
  readonly said: unknown;
}

type Used = Pick<Dependencies, 'answerSeals' | 'database' | 'log' | 'newId' | 'now'>;

/**
 * Does what a request asks for once: one that comes again with the same key gets the first one's answer. Rejects with
 * `idempotency_key_reused` when the key was another request's, with `request_in_progress` while the first is under way.
 * A request that fails gives its key up: nothing was made.
 */
export async function answerOnce<T extends object>(
  deps: Used,
  { key, ...request }: OnceRequest,
  work: (keep: KeepAnswer | undefined) => Promise<T>,
): Promise<T> {
  if (key === undefined) return work(undefined);
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_LENGTH) {
    throw errors.invalidField(
      'Idempotency-Key',
      `Idempotency-Key must be 1 to ${MAX_KEY_LENGTH} visible characters of ASCII`,
    );
  }
  const named = { userId: request.userId, key };
  const claim = claimOf(deps, { key, ...request });
  const { idempotencyKeys } = deps.database.repositories;
  if (!(await idempotencyKeys.claim(claim))) {
    const kept = await idempotencyKeys.find(claim.userId, claim.keySha256);
    if (kept !== null && kept.requestSha256 !== claim.requestSha256) throw errors.idempotencyKeyReused();
    if (kept === null || kept.answer === null) throw errors.requestInProgress();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- we sealed it; the router checks every answer against its schema
    return deps.answerSeals.open(named, kept.answer) as T;
  }
  try {
    return await work(async (repositories, answer) => {
      const sealed = deps.answerSeals.seal(named, answer);
      // Lost to another that took us for dead: what this transaction made is undone.
      if (!(await repositories.idempotencyKeys.answer(claim, sealed))) throw errors.requestInProgress();
    });
  } catch (error) {
    await idempotencyKeys.release(claim).catch((releaseError: unknown) => {
      deps.log.warn({ err: releaseError }, 'a key stays claimed until its claim is over');
    });
    throw error;
  }
}

function claimOf(deps: Used, { userId, key, operation, said }: OnceRequest & { readonly key: string }) {
  const now = deps.now();
  return {
    userId,
    keySha256: deps.answerSeals.keyHash({ userId, key }),
    requestSha256: deps.answerSeals.requestHash({ userId, key }, [operation, said]),
    claimId: deps.newId(),
    now,
    claimedUntil: new Date(now.getTime() + CLAIM_MS),
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
}
