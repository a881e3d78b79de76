/** `@instashare/client` as somebody gets it: packed, installed in an empty project, compiled there, and used. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { freshEmail } from '../harness/account.ts';
import { CHECKOUT } from '../harness/environment.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { fetchOldestNode } from './oldest-node.ts';
import { compile, execute, findOwnNode, type PackedClient, packClient } from './packed.ts';

const SETUP_TIMEOUT_MS = 300_000;
const server = inject('server');
const ownNode = await findOwnNode();

let packed: PackedClient;
let installed: string;
beforeAll(async () => {
  packed = await packClient();
  installed = join(packed.project, 'node_modules', '@instashare', 'client');
}, SETUP_TIMEOUT_MS);
afterAll(() => packed[Symbol.asyncDispose]());

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});

test('it holds what it needs, and nothing of the server', async () => {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')));
  expect(Object.keys(manifest.dependencies)).toEqual(['@noble/hashes', '@node-rs/crc32', '@trpc/client']);
  expect(Object.keys(manifest.peerDependencies)).toEqual(['@trpc/server']);
  const names = await readdir(installed);
  expect(new Set(names)).toEqual(
    new Set([
      'LICENSE',
      'README.md',
      'index.d.ts',
      'index.js',
      'node.d.ts',
      'node.js',
      'package.json',
      'shared.d.ts',
      'shared.js',
    ]),
  );
  for (const name of names.filter((each) => /\.[jt]s$/.test(each))) {
    const text = await readFile(join(installed, name), 'utf8');
    expect(text, name).not.toMatch(/fastify|typeorm|zod|bullmq|@instashare\/(?:api|backend|contracts)/);
    expect(text, name).not.toContain(CHECKOUT);
  }
});

test('publint finds nothing wrong', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test('are the types wrong? no, wherever ES modules can be imported', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(await readFile(packed.tarball)));
  if (!analysis.types) throw new Error('the package has no types');
  // Only for ES modules: Node's resolution of old knows no `exports`, and `require` gets one as Node 22 gives it.
  const problems = analysis.problems.filter(
    (problem) =>
      problem.kind !== 'CJSResolvesToESM' &&
      !(
        'resolutionKind' in problem &&
        (problem.resolutionKind === 'node10' || problem.resolutionKind === 'node16-cjs')
      ),
  );
  expect(problems).toEqual([]);
});

test('strict TypeScript takes it, and its types say what they should', async () => {
  await expect(compile(packed.project, 'tsconfig.node.json')).resolves.toBeUndefined();
  await expect(compile(packed.project, 'tsconfig.browser.json')).resolves.toBeUndefined();
});

async function expectStory(node: string): Promise<void> {
  await compile(packed.project, 'tsconfig.node.json');
  await using folder = await makeTempFolder('story');
  const story = join(packed.project, 'out', 'story.mjs');
  const args = [story, server, freshEmail(), folder.path];
  await expect(execute(node, args, folder.path)).resolves.toBeUndefined();
}

test('the whole story, in the Node of this checkout', () => expectStory('node'));

test('the whole story, in the oldest Node that the package says it works in', async ({ skip }) => {
  await using folder = await makeTempFolder('node');
  const { version, found } = await fetchOldestNode(installed, folder.path);
  if ('why' in found) skip(`there is no Node ${version} to be had: ${found.why}`);
  else await expectStory(found.path);
});

test.skipIf(ownNode === null)(
  `the whole story, in the machine's own Node, ${ownNode?.version ?? 'SKIPPED: there is none'}`,
  () => expectStory(ownNode?.path ?? ''),
);
