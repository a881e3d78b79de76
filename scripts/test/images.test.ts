import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, freePort, isRedisInstalled, startRedis } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHECKOUT, readDockerfile } from './dockerfile.ts';
import { asNobody, buildImage, copyNode, makeReadOnly, makeRemovable, runContainer } from './image.ts';
import { namesAsked, namesGiven } from './queries.ts';

const SOON = { timeout: 60_000, interval: 200 };

async function makeFolder() {
  const path = await mkdtemp(join(tmpdir(), 'instashare-images-'));
  await chmod(path, 0o755);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await makeRemovable(path);
      await rm(path, { recursive: true, force: true });
    },
  };
}

async function buildBoth(folder: string) {
  const api = await buildImage('api', folder, { folder: CHECKOUT, by: 'copy' });
  const worker = await buildImage('worker', folder, { folder: api.app, by: 'link' });
  await makeReadOnly(api.app);
  await makeReadOnly(worker.app);
  return { api, worker };
}

/** The data volume: the one place that the user of the image may write to. */
async function makeVolume(folder: string): Promise<string> {
  const path = join(folder, 'data');
  await mkdir(path);
  if (asNobody.uid !== undefined) await chown(path, asNobody.uid, asNobody.gid);
  return path;
}

const composeSchema = z.object({
  services: z.object({ migrate: z.object({ command: z.array(z.string()) }) }),
});

async function migrateCommand(): Promise<string[]> {
  const compose: unknown = parse(await readFile(join(CHECKOUT, 'docker-compose.yml'), 'utf8'), {
    merge: true,
  });
  return composeSchema.parse(compose).services.migrate.command;
}

const answerSchema = z.object({ accessToken: z.string() });
const filesSchema = z.object({ files: z.array(z.object({ id: z.string() })) });

/** Registers, uploads, waits until the worker is through with it, and gives what a download gives. */
async function useService(url: string, content: string): Promise<string> {
  const json = { 'content-type': 'application/json' };
  const account = JSON.stringify({ email: 'ada@example.org', password: 'correct horse' });
  const registered = await fetch(`${url}/users/register`, { method: 'POST', headers: json, body: account });
  const { accessToken } = answerSchema.parse(await registered.json());
  const headers = { authorization: `Bearer ${accessToken}` };
  const form = new FormData();
  form.append('file', new Blob([content]), 'text.txt');
  const uploaded = await fetch(`${url}/upload_files`, { method: 'POST', headers, body: form });
  const { files } = filesSchema.parse(await uploaded.json());
  const file = `${url}/files/${files[0]?.id}`;
  const status = async () => await (await fetch(file, { headers })).json();
  await expect.poll(status, SOON).toMatchObject({ status: 'ready', encoding: 'zstd' });
  return (await fetch(`${file}/content`, { headers })).text();
}

test.skipIf(process.platform !== 'linux' || (!isRedisInstalled() && process.env['CI'] === undefined))(
  'what the images hold is enough to migrate, to serve, to compress and to be watched, for a user who may write to /data alone',
  async () => {
    await using folder = await makeFolder();
    await using database = await createTestDatabase({ empty: true });
    await using redis = await startRedis();
    const { api, worker } = await buildBoth(folder.path);
    const ports = {
      PORT: await freePort(),
      API_METRICS_PORT: await freePort(),
      WORKER_METRICS_PORT: await freePort(),
    };
    const environment = {
      PATH: `${await copyNode(folder.path)}:/usr/bin:/bin`,
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      AUTH_SECRET: createHash('sha256').update(database.url).digest('hex'),
      INSTASHARE_DATA_DIR: await makeVolume(folder.path),
      PUBLIC_URL: `http://127.0.0.1:${ports.PORT}`,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    };
    await using migrating = runContainer(api, await migrateCommand(), environment);
    expect([await migrating.exited, migrating.output()]).toEqual([0, expect.stringContaining('up to date')]);

    await using apiRun = runContainer(api, api.dockerfile.command('CMD'), environment);
    await using workerRun = runContainer(worker, worker.dockerfile.command('CMD'), environment);
    for (const image of [api, worker]) {
      const isHealthy = async () => {
        await using check = runContainer(image, image.dockerfile.command('HEALTHCHECK'), environment);
        return [await check.exited, apiRun.output(), workerRun.output()];
      };
      await expect.poll(isHealthy, SOON).toEqual([0, expect.anything(), expect.anything()]);
    }
    const content = 'many words '.repeat(10_000);
    expect(await useService(environment.PUBLIC_URL, content)).toBe(content);

    const users = ['node', 'packages/worker/bin/instashare-admin.js', 'users'];
    await using admin = runContainer(worker, users, environment);
    expect([await admin.exited, admin.output()]).toEqual([
      0,
      expect.stringContaining('ada@example.org  1 file'),
    ]);

    const answers = [ports.API_METRICS_PORT, ports.WORKER_METRICS_PORT].map(async (port) =>
      (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
    );
    const [asked, given] = [await namesAsked(), namesGiven(await Promise.all(answers))];
    expect(asked.metrics.length).toBeGreaterThan(15);
    expect(asked.metrics.filter((name) => !given.metrics.includes(name))).toEqual([]);
    expect(asked.labels.filter((name) => !given.labels.includes(name))).toEqual([]);

    expect(await Promise.all([apiRun.stop(), workerRun.stop()])).toEqual([0, 0]);
    await using unhealthy = runContainer(api, api.dockerfile.command('HEALTHCHECK'), environment);
    expect(await unhealthy.exited).toBe(1);
  },
  240_000,
);

test.each(['api', 'worker'] as const)(
  'the image of the %s runs on our Node, and not as root',
  async (name) => {
    const { instructions, value, environment } = await readDockerfile(name);
    const { devDependencies } = z
      .object({ devDependencies: z.object({ node: z.string() }) })
      .parse(JSON.parse(await readFile(join(CHECKOUT, 'package.json'), 'utf8')));
    const bases = instructions
      .filter(({ keyword }) => keyword === 'FROM')
      .map((from) => from.value.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies.node}-bookworm-slim`, 'base']));
    expect([value('USER'), value('STOPSIGNAL'), value('VOLUME')]).toEqual(['node', 'SIGTERM', '/data']);
    const ports = Object.entries(environment).flatMap(([key, port]) => (key.endsWith('PORT') ? [port] : []));
    expect(value('EXPOSE').split(' ').toSorted()).toEqual(ports.toSorted());
    expect(environment).toMatchObject({
      NODE_ENV: 'production',
      INSTASHARE_DATA_DIR: '/data',
      METRICS_HOST: '0.0.0.0',
    });
  },
);
