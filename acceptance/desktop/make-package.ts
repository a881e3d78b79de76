/** The app as it is installed: packed, with its fuses set. */
import { execFile } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { copyLinked } from './copy-linked.ts';

export interface Package {
  readonly executablePath: string;
  /** Where an installed app has what lies beside its code. */
  readonly resources: string;
}

/** Packs the app that is built into `folder`. */
export async function makePackage(folder: string): Promise<Package> {
  const cwd = join(CHECKOUT, 'packages', 'desktop');
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const env = scrubbedEnvironment(given === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: given });
  const args = ['package-app.ts', '--dir', `-c.directories.output=${folder}`];
  await promisify(execFile)('node', args, { cwd, env, maxBuffer: 16 * 1024 * 1024 });
  const unpacked = join(folder, 'linux-unpacked');
  return { executablePath: join(unpacked, 'instashare'), resources: join(unpacked, 'resources') };
}

/** One beside it that can be changed; hard links, so that it takes no room. */
export async function copyPackage({ executablePath, resources }: Package, folder: string): Promise<Package> {
  const from = dirname(resources);
  await copyLinked(from, folder);
  return {
    executablePath: join(folder, basename(executablePath)),
    resources: join(folder, basename(resources)),
  };
}
