/**
 * For integration tests, of this package and of those that build on it: a database of their own on the one
 * real PostgreSQL of the test run, and a Google Cloud Storage of their own. Imported from tests as
 * `@instashare/backend/testing`, never from source.
 */

export { collectGarbage } from './collect-garbage.ts';
export { freePort } from './free-port.ts';
export { type GcsServer, startGcsServer } from './gcs-server/start-gcs-server.ts';
export { figuresOf, readFigures } from './read-figures.ts';
export { isRedisInstalled, type RedisServer, startRedis } from './redis-server.ts';
export { type RestartablePostgres, startRestartablePostgres } from './restartable-postgres.ts';
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.ts';
export { runSql } from './test-server.ts';
export { type ReceivedSpan, startTraceCollector, type TraceCollector } from './trace-collector.ts';
