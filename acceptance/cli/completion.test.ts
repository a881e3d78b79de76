/** `instashare completion`: what it prints, read by the shells themselves. */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeCli } from '../harness/cli.ts';
import { like } from './support.ts';

const ASK_BASH = `
eval "$SCRIPT"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_instashare
printf '%s ' "\${COMPREPLY[@]}"`;

async function isInstalled(shell: string): Promise<boolean> {
  const places = ['/bin', '/usr/bin', '/usr/local/bin'].map((folder) => access(`${folder}/${shell}`));
  return (await Promise.allSettled(places)).some(({ status }) => status === 'fulfilled');
}

test.each([
  ['instashare tra', 'trash'],
  ['instashare trash ', 'list empty'],
  ['instashare --server http://a trash e', 'empty'],
  ['instashare trash empty --y', '--yes'],
  ['instashare get --f', '--force'],
  ['instashare get ', ''],
])('bash completes "%s"', async (line, expected) => {
  await using cli = await makeCli();
  const script = await cli.run(['completion', 'bash']);
  expect([script.exitCode, script.stderr]).toEqual([0, '']);
  const env = { ...process.env, SCRIPT: script.stdout };
  const { stdout } = await promisify(execFile)('bash', ['-c', ASK_BASH, 'bash', ...line.split(' ')], { env });
  expect(stdout.trim()).toBe(expected);
});

test.for(['zsh', 'fish'])('%s takes what is printed for it', async (shell, context) => {
  if (!(await isInstalled(shell))) return context.skip(`there is no ${shell} here`);
  await using cli = await makeCli();
  const { stdout } = await cli.run(['completion', shell]);
  await expect(promisify(execFile)(shell, ['-n', '-c', stdout])).resolves.toEqual({ stdout: '', stderr: '' });
});

test('says which shells there are', async () => {
  await using cli = await makeCli();
  const { exitCode, stderr } = await cli.run(['completion', 'tcsh']);
  expect([exitCode, stderr]).toEqual([2, like(/bash, zsh, fish/)]);
});
