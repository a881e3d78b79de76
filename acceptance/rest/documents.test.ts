/** The commands of the documents, as they stand there, on a running server. */
import { execFile, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { type Account, freshEmail, registerUser } from '../harness/account.ts';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { until } from '../harness/poll.ts';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

const run = promisify(execFile);
const sha256Of = (bytes: Buffer): string => hash('sha256', bytes, 'hex');

const isMissing = (program: string) =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined;
const MISSING = ['bash', 'curl', 'jq', 'psql', 'zstd'].filter(isMissing);

/** All blocks of commands of a document, or of one of its sections, one behind the other. */
async function commandsOf(path: string, section?: string): Promise<string> {
  const text = await readFile(join(CHECKOUT, path), 'utf8');
  const begin = section === undefined ? 0 : text.indexOf(`\n## ${section}\n`);
  expect(begin, `${path} has the section ${section}`).toBeGreaterThan(-1);
  const rest = text.slice(begin + 1);
  const part = section === undefined ? rest : rest.slice(0, rest.indexOf('\n## '));
  const blocks = [...part.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block);
  expect(blocks.length, `${path} has commands`).toBeGreaterThan(0);
  return blocks.join('\n');
}

/** Runs them in a folder of their own, which rejects with what they said when one fails. */
async function runCommands(commands: string, cwd: string, environment: Record<string, string>) {
  const { stdout } = await run('bash', ['--norc', '-eux', '-c', commands], {
    cwd,
    env: scrubbedEnvironment(environment),
    timeout: 60_000,
  });
  return stdout;
}

const settings = (email: string) => ({
  API: inject('server'),
  EMAIL: email,
  INSTASHARE_DATA_DIR: inject('dataDir'),
});

test.skipIf(MISSING.length > 0)(
  `docs/upload-protocol.md does what it says (missing: ${MISSING.join()})`,
  async () => {
    await using folder = await makeTempFolder('documents');
    await runCommands(await commandsOf('docs/upload-protocol.md'), folder.path, settings(freshEmail()));
    expect(await readdir(folder.path)).toContain('back.bin');
  },
);

test.skipIf(MISSING.length > 0)('the commands for REST in the README work one after the other', async () => {
  await using folder = await makeTempFolder('documents');
  await writeFile(join(folder.path, 'README.md'), 'what is uploaded\n'.repeat(20));
  const commands = (await commandsOf('README.md', 'Use it over REST'))
    .replace('api=http://127.0.0.1:8321', `api=${inject('server')}`)
    .replace('rest@example.org', freshEmail());
  const output = await runCommands(commands, folder.path, {});
  // The answer of a request that fails has a code.
  expect(output).not.toMatch(/"code":"/);
  expect(output).toContain('"path":"notes/first.md"');
});

/** Contents of every kind there is: one that shrinks, one that does not, small ones that share an object, an empty one. */
async function uploadEveryKind(account: Account, files: ReadonlyMap<string, Buffer>): Promise<void> {
  const entries = [...files].filter(([path]) => path.startsWith('small/'));
  for (const [path, content] of files) {
    if (path.startsWith('small/')) continue;
    const form = new FormData();
    form.append('path', path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    form.append('file', new Blob([new Uint8Array(content)]), path.slice(path.lastIndexOf('/') + 1));
    expect((await account.send('POST', '/upload_files', { body: form })).status).toBe(200);
  }
  const manifest = Buffer.from(
    JSON.stringify({
      entries: entries.map(([path, content]) => ({
        path,
        sizeBytes: content.length,
        sha256: sha256Of(content),
      })),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  const body = Buffer.concat([length, manifest, ...entries.map(([, content]) => content)]);
  const headers = { 'content-type': 'application/vnd.instashare.bundle' };
  expect((await account.send('POST', '/bundles', { body, headers })).status).toBe(200);
}

test.skipIf(MISSING.length > 0)('docs/storage-format.md gets everything back without us', async () => {
  const account = await registerUser(inject('server'));
  const random = Buffer.from(
    Uint8Array.from({ length: 100_000 }, (_, at) => (at * at * 31 + (at >> 3)) % 251),
  );
  const files = new Map([
    ['text that shrinks.txt', Buffer.from('a line of it\n'.repeat(50_000))],
    ["photos/ünï & it's $x.bin", random],
    ['empty', Buffer.alloc(0)],
    ...Array.from({ length: 20 }, (_, at): [string, Buffer] => [
      `small/${at}.txt`,
      Buffer.from(`file ${at} of many\n`.repeat(at + 1)),
    ]),
  ]);
  await uploadEveryKind(account, files);
  await until('all of them to be compressed', async () => {
    const { items } = await account.get('/files?limit=1000', pageSchema);
    return items.length === files.size && items.every(({ status }) => status === 'ready') ? true : null;
  });

  await using folder = await makeTempFolder('documents');
  await runCommands(await commandsOf('docs/storage-format.md'), folder.path, settings(account.email));
  for (const [path, content] of files)
    expect((await readFile(join(folder.path, 'restored', path))).equals(content), path).toBe(true);
  const listed = await readFile(join(folder.path, 'files.tsv'), 'utf8');
  expect(listed.split('\n').filter((line) => line.includes('\tzstd\t')).length).toBeGreaterThan(1);
  expect(listed).toContain('\tidentity\t');
});
