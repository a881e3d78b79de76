import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentSchema, loadConfig } from '@instashare/backend/config';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { CHECKOUT, readDockerfile } from './dockerfile.ts';
import { metricsIn } from './queries.ts';

const FOLDER = join(CHECKOUT, 'deploy', 'kubernetes');
const probeSchema = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });

const containerSchema = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  envFrom: z.array(z.record(z.string(), z.object({ name: z.literal('instashare') }))),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  startupProbe: probeSchema.optional(),
  readinessProbe: probeSchema.optional(),
  livenessProbe: probeSchema.optional(),
  resources: z.object({
    requests: z.looseObject({ memory: z.string() }),
    limits: z.looseObject({ memory: z.string() }),
  }),
  securityContext: z.object({
    readOnlyRootFilesystem: z.literal(true),
    allowPrivilegeEscalation: z.literal(false),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
});

const podSchema = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.literal(1000) }),
    containers: z.tuple([containerSchema]),
    terminationGracePeriodSeconds: z.number().optional(),
  }),
});

const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'Job']),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional(),
    template: podSchema,
  }),
});

async function readDocuments(name: string): Promise<unknown[]> {
  const documents = parseAllDocuments(await readFile(join(FOLDER, name), 'utf8'));
  return documents.map((document) => {
    expect(document.errors).toEqual([]);
    const content: unknown = document.toJS();
    return content;
  });
}

async function readWorkload(name: string) {
  const [workload] = await readDocuments(`${name}.yaml`);
  return workloadSchema.parse(workload);
}

test('every file is applied, and every image is named for its registry', async () => {
  const files = (await readdir(FOLDER)).filter(
    (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
  );
  const kustomization = z
    .object({ resources: z.array(z.string()), images: z.array(z.object({ name: z.string() })) })
    .parse(parse(await readFile(join(FOLDER, 'kustomization.yaml'), 'utf8')));
  expect(kustomization.resources.toSorted()).toEqual(files.toSorted());
  const workloads = await Promise.all(['migrate', 'api', 'worker'].map(readWorkload));
  const images = new Set(workloads.map(({ spec }) => spec.template.spec.containers[0].image));
  expect(kustomization.images.map(({ name }) => name).toSorted()).toEqual([...images].toSorted());
});

test.each(['api', 'worker'] as const)('%s: ports, probes and labels are those of the image', async (name) => {
  const { spec } = await readWorkload(name);
  const [container] = spec.template.spec.containers;
  const { value } = await readDockerfile(name);
  const ports = new Map(container.ports.map((port) => [port.name, String(port.containerPort)]));
  expect([...ports.values()].toSorted()).toEqual(value('EXPOSE').split(' ').toSorted());
  expect(spec.template.metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': ports.get('metrics'),
    'prometheus.io/path': '/metrics',
  });
  const port = name === 'api' ? 'http' : 'metrics';
  expect([container.startupProbe, container.readinessProbe, container.livenessProbe]).toEqual([
    { httpGet: { path: '/healthz', port } },
    { httpGet: { path: '/readyz', port } },
    { httpGet: { path: '/healthz', port } },
  ]);
  expect(spec.selector?.matchLabels).toEqual(spec.template.metadata.labels);
  // Shutting down takes up to 12 seconds.
  expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(12);
});

test('what is set is a configuration that the processes take, with objects in a bucket', async () => {
  const [settings] = await readDocuments('config.yaml');
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(settings);
  const { spec } = await readWorkload('worker');
  const own = Object.fromEntries(
    spec.template.spec.containers[0].env.map(({ name, value }) => [name, value]),
  );
  const secret = (await readFile(join(FOLDER, 'README.md'), 'utf8')).matchAll(/--from-literal=(\w+)/g);
  const secrets = Object.fromEntries(
    [...secret].map(([, name = '']) => [name, 'postgres://somebody@somewhere:5432/it']),
  );
  const given = { ...data, ...own, ...secrets };
  expect(Object.keys(given).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  const config = loadConfig(given);
  expect(config).toMatchObject({ gcs: { bucket: 'BUCKET' }, worker: { concurrency: 2 } });
  expect(config.redisUrl).not.toBeNull();
});

test('the migration is the command of docker-compose.yml', async () => {
  const compose = z
    .object({ services: z.object({ migrate: z.object({ command: z.array(z.string()) }) }) })
    .parse(parse(await readFile(join(CHECKOUT, 'docker-compose.yml'), 'utf8'), { merge: true }));
  const { spec } = await readWorkload('migrate');
  expect(spec.template.spec.containers[0].command).toEqual(compose.services.migrate.command);
});

test('workers are scaled by figures that the dashboard shows as well, and the service leads to no figures', async () => {
  const [, scaled] = await readDocuments('worker.yaml');
  const { spec } = z
    .object({
      spec: z.object({
        scaleTargetRef: z.object({ name: z.literal('worker') }),
        triggers: z.array(z.object({ metadata: z.object({ query: z.string() }) })),
      }),
    })
    .parse(scaled);
  const queries = spec.triggers.map(({ metadata }) => metadata.query);
  const dashboard = await readFile(join(CHECKOUT, 'deploy/grafana/instashare.json'), 'utf8');
  const asked = metricsIn(queries);
  expect(asked).toEqual(['instashare_queue_jobs', 'instashare_queue_oldest_waiting_seconds']);
  expect(asked.filter((name) => !dashboard.includes(name))).toEqual([]);
  const service: unknown = (await readDocuments('api.yaml')).at(-1);
  expect(service).toMatchObject({
    kind: 'Service',
    spec: { selector: { app: 'instashare-api' }, ports: [{ targetPort: 'http' }] },
  });
});
