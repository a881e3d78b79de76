/**
 * What lets somebody in by a password, for the api, where accounts are used, and for the operator's command: how passwords
 * are hashed, and by what key attempts are counted. Knows no database, and not who may do what.
 */
export { attemptKey, type LimitedAction } from './attempt-key.ts';
export { hashPassword, isPassword, NOBODYS_HASH } from './passwords.ts';
