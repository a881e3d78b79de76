import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { z } from 'zod';
import { registerUser } from '../../harness/account.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import { uploadFile } from '../../harness/uploads.ts';
import type { Script } from '../script.ts';
import { commandsOf, runShell } from '../shell.ts';

/** The server is that of all tests, some of which damage what they have stored: code 1 says that such was found. */
const MAY_FIND_DAMAGE = 'instashare-admin() { command instashare-admin "$@" || [ $? = 1 ]; }\n';

export const OPERATIONS: Script = {
  document: 'docs/operations.md',
  sections: null,
  language: 'sh',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    await mkdir(join(folder.path, 'state'));
    const user = await registerUser(inject('server'));
    const { id } = await uploadFile(user, { path: 'reported.txt', bytes: Buffer.from('reported') });
    const { url } = await user.post('/shares', z.object({ url: z.string() }), { fileId: id });
    const commands = commandsOf(blocks)
      .replaceAll('ada@example.org', user.email)
      .replaceAll(/https:\/\/files\.example\.org\/s\/\S+/g, url)
      .replaceAll('/var/lib/instashare/', `${folder.path}/state/`)
      .replaceAll('/backup/', `${folder.path}/`)
      // Of however much other tests have stored.
      .replaceAll('--rate 20M', '--rate 2G');
    const environment = { INSTASHARE_DATA_DIR: inject('dataDir') };
    await runShell(`${MAY_FIND_DAMAGE}${commands}`, { cwd: folder.path, environment });
    expect((await fetch(url)).status).toBe(404);
    expect(await readdir(join(folder.path, 'instashare'))).toContain('manifest.json');
  },
};
