/** A number of ours, and what it is for: two halves of one advisory lock. */
const LOCK = { space: 7_224_318, purpose: 2 };

/** True, and held until the connection ends: no sweep deletes an object. False: somebody else holds it. */
export const TAKE_HOLD = `SELECT pg_try_advisory_lock(${LOCK.space}, ${LOCK.purpose}) AS taken`;

/** Nobody holds objects from being deleted. Asked in the statement that picks what to delete. */
export const IS_NOT_HELD = `NOT EXISTS (
  SELECT 1 FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${LOCK.space} AND objid = ${LOCK.purpose} AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
