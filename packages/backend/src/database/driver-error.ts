import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';

/**
 * SQLSTATE classes and system errors that mean that PostgreSQL is away, restarting, full, or kept us waiting
 * too long (locks, deadlocks, timeouts), not that we erred.
 */
const AWAY =
  /^(08|53|57P|57014|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN)/;
/** node-postgres has no code for these. */
const AWAY_MESSAGE = /^(timeout exceeded when trying to connect|Connection terminated)/;

function property(error: unknown, name: string): string | null {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return null;
  const value: unknown = Reflect.get(cause, name);
  return typeof value === 'string' ? value : null;
}

/** The SQLSTATE of a failed statement, or the system's code of a failed connection. */
export const sqlState = (error: unknown): string | null => property(error, 'code');

/** The name of the constraint that a statement violated. */
export const violatedConstraint = (error: unknown): string | null => property(error, 'constraint');

/** Whether the database could not be reached or could not serve, so that the same may work later. */
export const isDatabaseAway = (error: unknown): boolean =>
  AWAY.test(sqlState(error) ?? '') ||
  AWAY_MESSAGE.test(property(error, 'message') ?? '') ||
  // TypeORM lets go of a connection that is lost in a transaction, and says this of the next statement.
  error instanceof QueryRunnerAlreadyReleasedError ||
  error instanceof QueryRunnerProviderAlreadyReleasedError;
