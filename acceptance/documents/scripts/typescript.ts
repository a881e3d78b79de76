import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject } from 'vitest';
import { freshEmail } from '../../harness/account.ts';
import { CHECKOUT, scrubbedEnvironment } from '../../harness/environment.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import type { Script } from '../script.ts';
import { commandsOf } from '../shell.ts';

const run = promisify(execFile);

export const README_TYPESCRIPT: Script = {
  document: 'README.md',
  sections: ['Use it from TypeScript'],
  language: 'ts',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    // The packages of the checkout, as an installed client would be found.
    await symlink(join(CHECKOUT, 'node_modules'), join(folder.path, 'node_modules'));
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder.path, 'beach.jpg'), 'a picture of the beach');
    const program = commandsOf(blocks)
      .replaceAll('http://127.0.0.1:8321', inject('server'))
      .replaceAll('typed@example.org', freshEmail());
    await writeFile(join(folder.path, 'program.ts'), program);
    const { stdout } = await run('node', ['program.ts'], { cwd: folder.path, env: scrubbedEnvironment() });
    expect(stdout).toBe('photos/beach.jpg ready\n');
  },
};
