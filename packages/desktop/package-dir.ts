/**
 * Makes the unpacked app for this system. With ELECTRON_OVERRIDE_DIST_PATH it takes the Electron in that folder, which
 * must name its version in a file `version` as every Electron does; without it electron-builder downloads its own.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
const own =
  given === undefined || given === ''
    ? []
    : [
        `-c.electronDist=${given}`,
        `-c.electronVersion=${readFileSync(join(given, 'version'), 'utf8').trim().replace(/^v/, '')}`,
      ];
const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const args = [builder, '--dir', '--publish', 'never', ...own];
const { status } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, stdio: 'inherit' });
process.exitCode = status ?? 1;
