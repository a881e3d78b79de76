import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { expect, inject } from 'vitest';
import { type Account, registerUser } from '../../harness/account.ts';
import { until } from '../../harness/poll.ts';
import { pageSchema } from '../../harness/schemas.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import { postBundle } from '../../harness/uploads.ts';
import type { Script } from '../script.ts';
import { commandsOf, runShell } from '../shell.ts';

/** Contents of every kind there is: one that shrinks, one that does not, small ones that share an object, an empty one. */
const FILES: ReadonlyMap<string, Buffer> = new Map([
  ['text that shrinks.txt', Buffer.from('a line of it\n'.repeat(50_000))],
  [
    "photos/ünï & it's $x.bin",
    Buffer.from(Uint8Array.from({ length: 100_000 }, (_, at) => (at * at * 31 + (at >> 3)) % 251)),
  ],
  ['empty', Buffer.alloc(0)],
  ...Array.from({ length: 20 }, (_, at): [string, Buffer] => [
    `small/${at}.txt`,
    Buffer.from(`file ${at} of many\n`.repeat(at + 1)),
  ]),
]);

async function uploadAll(account: Account): Promise<void> {
  const small = [...FILES].filter(([path]) => path.startsWith('small/'));
  for (const [path, content] of FILES) {
    if (path.startsWith('small/')) continue;
    const form = new FormData();
    form.append('path', path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    form.append('file', new Blob([new Uint8Array(content)]), path.slice(path.lastIndexOf('/') + 1));
    expect((await account.send('POST', '/upload_files', { body: form })).status).toBe(200);
  }
  expect((await postBundle(account, new Map(small))).status).toBe(200);
}

export const STORAGE_FORMAT: Script = {
  document: 'docs/storage-format.md',
  sections: null,
  language: 'sh',
  async run(blocks) {
    const account = await registerUser(inject('server'));
    await uploadAll(account);
    await until('all of them to be compressed', async () => {
      const { items } = await account.get('/files?limit=1000', pageSchema);
      return items.length === FILES.size && items.every(({ status }) => status === 'ready') ? true : null;
    });

    await using folder = await makeTempFolder('documents');
    const environment = { EMAIL: account.email, INSTASHARE_DATA_DIR: inject('dataDir') };
    await runShell(commandsOf(blocks), { cwd: folder.path, environment });
    for (const [path, content] of FILES)
      expect((await readFile(join(folder.path, 'restored', path))).equals(content), path).toBe(true);
    const listed = await readFile(join(folder.path, 'files.tsv'), 'utf8');
    expect(listed.split('\n').filter((line) => line.includes('\tzstd\t')).length).toBeGreaterThan(1);
    expect(listed).toContain('\tidentity\t');
  },
};

/** One of the README, in short: one content of an object that several share. */
export const README_RESTORE: Script = {
  document: 'README.md',
  sections: ['Get your files back without us'],
  language: 'sh',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    const [before, wanted] = ['before it\n', 'what is wanted\n'].map((text) => zstdCompressSync(text));
    if (before === undefined || wanted === undefined) throw new Error('there are two');
    await writeFile(join(folder.path, 'OBJECT'), Buffer.concat([before, wanted, before]));
    const environment = { object_offset: `${before.length}`, stored_bytes: `${wanted.length}` };
    const output = await runShell(commandsOf(blocks), { cwd: folder.path, environment });
    expect(output).toBe('what is wanted\n');
  },
};
