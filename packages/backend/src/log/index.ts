/**
 * Structured logs: one pino logger per process, one child per request or job. Messages are static, facts are
 * fields; never a token, a password, a signed URL or file content.
 */
export { createLog, type Log } from './create-log.ts';
