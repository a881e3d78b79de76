import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

test('--version prints the version of the package, and nothing else', async () => {
  const program = join(import.meta.dirname, '../../bin/instashare.js');
  const said = await promisify(execFile)(process.execPath, [program, '--version']);
  expect(said).toEqual({ stdout: `${manifest.version}\n`, stderr: '' });
});
