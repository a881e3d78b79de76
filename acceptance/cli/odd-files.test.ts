/** Files and folders of sizes that few have: what `watch` makes of them. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, linkSync } from 'node:fs';
import { mkdir, open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { MIB } from '../harness/uploads.ts';
import { eventsOf, makePerson } from './support.ts';

const server = inject('server');
const run = promisify(execFile);

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

test('a sparse file goes up and comes back as what it reads as', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('sparse');
  await mkdir(join(folder.path, 'in'));
  const path = join(folder.path, 'in', 'sparse.bin');
  await writeFile(path, 'it begins,');
  await truncate(path, 60 * MIB);
  {
    await using file = await open(path, 'r+');
    await file.write('and it ends', 60 * MIB - 11);
  }
  expect((await person.run(['watch', join(folder.path, 'in'), '--once'])).exitCode).toBe(0);
  expect((await person.run(['get', 'sparse.bin', '-o', folder.path])).exitCode).toBe(0);
  const [there, back] = [await sha256OfFile(path), await sha256OfFile(join(folder.path, 'sparse.bin'))];
  expect(back).toBe(there);
});

test('a file of 100 GB is taken for what it is, by its size alone', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('huge');
  const sizeBytes = 100 * 1024 * MIB;
  const path = join(folder.path, 'huge.bin');
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  const planned = eventsOf(await person.run(['watch', folder.path, '--dry-run', '--json']));
  expect(planned).toMatchObject([
    { event: 'would_upload', localPath: 'huge.bin', sizeBytes },
    { event: 'dry_run', files: 1, sizeBytes },
  ]);
  const limited = await person.run(['watch', folder.path, '--dry-run', '--json', '--max-size', '50G']);
  expect(eventsOf(limited).at(-1)).toMatchObject({ event: 'dry_run', files: 0, sizeBytes: 0 });
});

test('100,000 files in one folder are all found', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('many');
  const at = (name: string) => join(folder.path, name);
  // Names of few files: a file system makes these ten times as fast.
  for (const name of ['f0', 'f1']) await writeFile(at(name), '');
  for (let index = 2; index < 100_000; index += 1) linkSync(at(`f${index % 2}`), at(`f${index}`));
  const { exitCode, stdout } = await person.run(['watch', folder.path, '--dry-run']);
  const lines = stdout.trimEnd().split('\n');
  expect([exitCode, new Set(lines).size]).toEqual([0, 100_001]);
  expect(lines.at(-1)).toMatch(/: 100,000 files, 0 B would be uploaded; 0 stored already/);
});

test('what lies deeper than a path of the system can say is told of, and keeps no other file', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('deep');
  const name = 'd'.repeat(200);
  // 25 of them are more than the 4,096 bytes that a path may have; one goes there step by step.
  const script = `for i in $(seq 25); do mkdir ${name} && cd -P ${name} || exit 1; done; echo deep > deep.txt`;
  await run('sh', ['-c', script], { cwd: folder.path });
  await writeFile(join(folder.path, 'fine.txt'), 'fine');
  const result = await person.run(['watch', folder.path, '--once', '--json']);
  // Only one who goes there step by step can remove it.
  await run('rm', ['-rf', name], { cwd: folder.path });
  expect(result.exitCode).toBe(1);
  expect(eventsOf(result).findLast(({ event }) => event === 'finished')).toMatchObject({
    problems: [{ code: 'invalid_name' }],
  });
  const { items } = await person.user.get('/files', pageSchema);
  expect(items.map(({ path }) => path)).toEqual(['fine.txt']);
});
