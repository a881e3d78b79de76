import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { freshEmail } from '../../harness/account.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import type { Script } from '../script.ts';
import { commandsOf, runShell } from '../shell.ts';

export const UPLOAD_PROTOCOL: Script = {
  document: 'docs/upload-protocol.md',
  sections: null,
  language: 'sh',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    const environment = { API: inject('server'), EMAIL: freshEmail() };
    await runShell(commandsOf(blocks), { cwd: folder.path, environment });
    expect(await readdir(folder.path)).toContain('back.bin');
  },
};

export const README_REST: Script = {
  document: 'README.md',
  sections: ['Use it over REST'],
  language: 'sh',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    await writeFile(join(folder.path, 'README.md'), 'what is uploaded\n'.repeat(20));
    const commands = commandsOf(blocks)
      .replace('api=http://127.0.0.1:8321', `api=${inject('server')}`)
      .replace('rest@example.org', freshEmail());
    const output = await runShell(commands, { cwd: folder.path, environment: {} });
    // The answer of a request that fails has a code.
    expect(output).not.toMatch(/"code":"/);
    expect(output).toContain('"path":"notes/first.md"');
  },
};
