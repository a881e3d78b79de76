/**
 * Makes the packages of the app for this system, or with `--dir` the unpacked app; other options go on to electron-builder.
 *
 * ELECTRON_OVERRIDE_DIST_PATH: a folder with the Electron to take, which names its version in a file `version` as every
 * Electron does; without it electron-builder downloads its own.
 * GITHUB_REPOSITORY (`owner/name`): where the packages are published. It becomes their home page, and the place where
 * the app looks for newer versions; without it the app looks nowhere, and a deb, which must name a home page, can't be
 * made.
 * GITHUB_REF_NAME (`v1.2.3`), with GITHUB_REF_TYPE `tag`: the version, instead of the one of package.json.
 * CSC_LINK, WIN_CSC_LINK and what goes with them, as electron-builder has them: to sign. Empty is as good as missing.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { builderOptions } from './builder-options.ts';

const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const environment = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
const options = builderOptions({ environment, platform: process.platform });
const args = [builder, '--publish', 'never', ...options, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, {
  cwd: import.meta.dirname,
  stdio: 'inherit',
  env: environment,
});
process.exitCode = status ?? 1;
