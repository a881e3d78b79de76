import { execFile } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { HELP } from '../start/options.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
/** Like Windows' cmd.exe it has no `exec` of its own, and takes every command for a program on the PATH. */
const SHELL_WITHOUT_EXEC = '#!/bin/sh\necho "without exec: $2"\neval "env $2"\n';

test.runIf(process.platform !== 'win32')('"npm start" works in a shell that has no exec', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-shell-'));
  const shell = join(folder.path, 'shell');
  await writeFile(shell, SHELL_WITHOUT_EXEC, { mode: 0o755 });
  const args = ['start', '--loglevel=notice', `--script-shell=${shell}`, '--', '--help'];
  // npm keeps compiled code in the temporary folder.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { stdout } = await promisify(execFile)('npm', args, { cwd: CHECKOUT, env });
  expect(stdout).toContain('\nwithout exec: exec node scripts/start.ts --help\n');
  expect(stdout).toContain(HELP);
});
