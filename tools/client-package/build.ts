/**
 * Builds `@instashare/client` as it is published: `node build.ts FOLDER`. The packages of this repository run from
 * their sources, which Node does not do below `node_modules`; and the types of the router would need the whole server.
 */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleCode } from './bundle-code.ts';
import { makeManifest, readManifest } from './manifest.ts';
import { rollUpTypes } from './types/roll-up.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CLIENT_DIR = join(ROOT, 'packages', 'client');

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node tools/client-package/build.ts FOLDER');
const outDir = resolve(folder);
const workDir = await mkdtemp(join(tmpdir(), 'instashare-client-types-'));
try {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const manifest = makeManifest(await readManifest(CLIENT_DIR));
  const external = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  await bundleCode({ clientDir: CLIENT_DIR, outDir, external });
  await rollUpTypes({ clientDir: CLIENT_DIR, workDir, outDir, external });
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await copyFile(join(CLIENT_DIR, 'README.md'), join(outDir, 'README.md'));
  await copyFile(join(ROOT, 'LICENSE'), join(outDir, 'LICENSE'));
} finally {
  await rm(workDir, { recursive: true, force: true });
}
