import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentSchema } from '@instashare/backend/config';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configurationReference } from '../configuration-reference.ts';
import { CHECKOUT, readDockerfile } from './dockerfile.ts';
import { readRules } from './queries.ts';

const read = (path: string) => readFile(join(CHECKOUT, path), 'utf8');

const serviceSchema = z.object({
  image: z.string(),
  environment: z.record(z.string(), z.string()).default({}),
  read_only: z.boolean().default(false),
  restart: z.string(),
  mem_limit: z.string().optional(),
  healthcheck: z.looseObject({}).optional(),
  build: z.object({ dockerfile: z.string() }).optional(),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.looseObject({}))]).default([]),
});

const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

async function readCompose() {
  const compose: unknown = parse(await read('docker-compose.yml'), { merge: true });
  return composeSchema.parse(compose);
}

/** What is set by the image, or by `npm start` alone. */
const NOT_FOR_COMPOSE =
  'API_METRICS_PORT HOST INSTASHARE_DATA_DIR INSTASHARE_SUPERVISED METRICS_HOST PORT WORKER_METRICS_PORT';
/** Google's library reads it itself. */
const NOT_OURS = ['GOOGLE_APPLICATION_CREDENTIALS', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_RESOURCE_ATTRIBUTES'];

test('every variable of docker-compose.yml is in .env.example and in the configuration, and none is forgotten', async () => {
  const example = new Set(
    [...(await read('.env.example')).matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name),
  );
  const used = [...(await read('docker-compose.yml')).matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((name) => !example.has(name))).toEqual([]);

  const { services } = await readCompose();
  const passed = new Set(
    ['api', 'worker', 'migrate'].flatMap((name) => Object.keys(services[name]?.environment ?? {})),
  );
  const known = Object.keys(environmentSchema.shape);
  expect([...passed].filter((name) => ![...known, ...NOT_OURS].includes(name))).toEqual([]);
  expect(
    known
      .filter((name) => !passed.has(name))
      .toSorted()
      .join(' '),
  ).toBe(NOT_FOR_COMPOSE);
});

test('.env.example names every variable of the configuration, with its default', async () => {
  const example = new Map(
    [...(await read('.env.example')).matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const { INSTASHARE_SUPERVISED: internal, ...shape } = environmentSchema.shape;
  expect(internal).toBeDefined();
  const missing = Object.keys(shape).filter((name) => !example.has(name));
  expect(missing).toEqual([]);
  const wrong = Object.entries(shape).flatMap(([name, schema]) => {
    const value = example.get(name) ?? '';
    if (value === '') return [];
    const isDefault = String(schema.safeParse(undefined).data) === value;
    return isDefault ? [] : [name];
  });
  expect(wrong).toEqual([]);
});

test('docs/configuration.md is what .env.example and the schema say: npm run configuration', async () => {
  expect(await read('docs/configuration.md')).toBe(configurationReference(await read('.env.example')));
  expect(() => configurationReference('# What\nNO_SUCH_THING=1\n')).toThrow(
    'NO_SUCH_THING, which nobody reads',
  );
});

test('docker-compose.yml: what runs is limited, read-only where it is ours, started again, and healthy first', async () => {
  const { services, volumes } = await readCompose();
  for (const [name, service] of Object.entries(services)) {
    const isOurs = service.image.startsWith('instashare');
    const isOnce = service.restart === 'on-failure:5';
    expect({ name, readOnly: service.read_only }).toEqual({ name, readOnly: isOurs });
    expect({ name, restart: service.restart }).toEqual({
      name,
      restart: isOnce ? 'on-failure:5' : 'unless-stopped',
    });
    if (!isOnce)
      expect({ name, isLimited: service.mem_limit !== undefined }).toEqual({ name, isLimited: true });
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    for (const volume of service.volumes.filter((path) => !path.startsWith('$')))
      expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
  }
  const needed = {
    migrate: { condition: 'service_completed_successfully' },
    postgres: { condition: 'service_healthy' },
    redis: { condition: 'service_healthy' },
    bucket: { condition: 'service_completed_successfully', required: false },
  };
  expect([services['api']?.depends_on, services['worker']?.depends_on]).toEqual([needed, needed]);
  expect(services['migrate']?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  const checked = Object.entries(services).flatMap(([name, { healthcheck }]) =>
    healthcheck === undefined ? [] : [name],
  );
  expect(checked).toEqual(['migrate', 'postgres', 'redis', 'bucket']);
});

test('docker-compose.yml holds no secret, and publishes what the image listens on', async () => {
  const { services } = await readCompose();
  for (const { environment } of Object.values(services)) {
    const secrets = Object.entries(environment).filter(([name]) => /SECRET|PASSWORD|TOKEN$/.test(name));
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:[-?][^}]*\}$/);
  }
  const { environment } = await readDockerfile('api');
  expect(services['api']?.ports).toEqual([`127.0.0.1:\${PORT:-8321}:${environment['PORT']}`]);
  expect(services['worker']?.build?.dockerfile).toBe('packages/worker/Dockerfile');
});

test('every alert is described in docs/operations.md', async () => {
  const alerts = (await readRules()).flatMap((rule) => ('alert' in rule ? [rule.alert] : []));
  expect(alerts.length).toBeGreaterThan(5);
  const guide = await read('docs/operations.md');
  expect(alerts.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});
