/** What of a folder is followed, how fast and when, on the command line. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { pageSchema } from '../harness/schemas.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { startWatch } from './running-watch.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

async function pathsOf({ user }: Person): Promise<string[]> {
  return (await user.get('/files?limit=1000', pageSchema)).items.map(({ path }) => path).toSorted();
}

/** A folder with these files, each with its own path in it. */
async function makeTree(name: string, ...paths: string[]) {
  const folder = await makeTempFolder(name);
  for (const path of paths) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), path);
  }
  return folder;
}

test('ignore files, --exclude and --max-size leave out what they say; why names the rule', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree(
    'rules',
    'a.txt',
    'a.log',
    'sub/b.txt',
    'sub/build/c',
    '.DS_Store',
    'x.bak',
  );
  const at = (name: string) => join(folder.path, name);
  await writeFile(at('.instashareignore'), '# of all\n*.log\n');
  await writeFile(at('sub/.instashareignore'), 'build/\n');
  await writeFile(at('large'), 'l'.repeat(2_000));
  const flags = [folder.path, '--exclude', '*.bak', '--max-size', '1k'];

  const dry = eventsOf(await person.run(['watch', ...flags, '--dry-run', '--json']));
  const skipped = dry
    .filter(({ event }) => event === 'would_skip')
    .map(({ localPath, why }) => [localPath, why]);
  expect(Object.fromEntries(skipped)).toEqual({
    '.DS_Store': 'ignored',
    'a.log': 'ignored',
    'sub/build': 'ignored',
    'x.bak': 'ignored',
    large: 'too_large',
  });

  await using running = await startWatch(person, ...flags);
  await running.said(/Found 4 files, .*, 5 ignored\n/);
  await running.said(/Up to date/);
  const uploaded = ['.instashareignore', 'a.txt', 'sub/.instashareignore', 'sub/b.txt'];
  await expect(pathsOf(person)).resolves.toEqual(uploaded);
  const why = async (name: string) => (await person.run(['why', at(name)])).stdout;
  await expect(why('a.log')).resolves.toContain('It is ignored by line 2 of .instashareignore: "*.log"');
  await expect(why('sub/build/c')).resolves.toContain(
    'Its folder sub/build is ignored by line 1 of sub/.instashareignore: "build/"',
  );
  await expect(why('x.bak')).resolves.toContain('It is ignored by --exclude "*.bak"');
  await expect(why('.DS_Store')).resolves.toContain('It is ignored by a rule that is built in');
  await expect(why('large')).resolves.toContain('It is larger than --max-size allows');

  // Of rules that have changed the watch learns by itself.
  await writeFile(at('.instashareignore'), 'a.txt\n');
  await expect.poll(() => pathsOf(person), { timeout: 10_000 }).toEqual([...uploaded, 'a.log'].toSorted());
  await rm(at('a.txt'));
  await expect.poll(() => why('a.txt')).toContain('There is nothing here, but there is on the server');
  // Nothing to wait for: it is not to be deleted, and a deletion would come within seconds of this one.
  await rm(at('sub/b.txt'));
  await expect.poll(() => pathsOf(person), { timeout: 10_000 }).not.toContain('sub/b.txt');
  await expect(pathsOf(person)).resolves.toContain('a.txt');
});

test('--only follows chosen sub-folders, and says what it can not choose', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree('only', 'a', 'pictures/2023/b', 'pictures/2024/c', 'music/d');
  const watchOnce = (...flags: string[]) => person.run(['watch', folder.path, '--once', ...flags]);
  const { exitCode } = await watchOnce('--only', 'pictures/2024/', '--only', join(folder.path, 'music'));
  expect(exitCode).toBe(0);
  await expect(pathsOf(person)).resolves.toEqual(['music/d', 'pictures/2024/c']);
  for (const wrong of ['none', 'a', '..', '.', '/']) {
    const refused = await watchOnce('--only', wrong);
    expect([refused.exitCode, refused.stderr], wrong).toEqual([
      2,
      like(/--only .*: (it must be|there is no)/),
    ]);
  }
});

test('rules that can not be used are an error that says which, where and what to do', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree('unusable', 'secret');
  await writeFile(join(folder.path, '.instashareignore'), 'fine\nsecret[\n');
  const { exitCode, stderr } = await person.run(['watch', folder.path, '--once']);
  expect([exitCode, stderr]).toEqual([
    1,
    like(/The folder: the rules in \.instashareignore can't be used.*: line 2 \("secret\["\)/),
  ]);
  await expect(pathsOf(person)).resolves.toEqual([]);
});

test('of a folder that is copied while it is watched no bytes are sent', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree('copies', 'from/a', 'from/deep/b', 'from/c');
  await writeFile(join(folder.path, 'from/large'), 'l'.repeat(2_000_000));
  await using running = await startWatch(person, folder.path, '--json');
  await running.said(/"up_to_date"/);
  const before = eventsOf({ stdout: running.shown() }).length;
  await cp(join(folder.path, 'from'), join(folder.path, 'copy'), { recursive: true });
  await expect.poll(async () => (await pathsOf(person)).length, { timeout: 10_000 }).toBe(8);
  await running.said(/("up_to_date"[\s\S]*){2}/);
  const stored = eventsOf({ stdout: running.shown() })
    .slice(before)
    .filter(({ event }) => event === 'stored');
  expect(stored.map(({ sentBytes }) => sentBytes)).toEqual([0, 0, 0, 0]);
});

test('C18: the speed and the hours of a running watch are told, and may be changed', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree('limits', 'a');
  const hourFromNow = (hours: number) => `${new Date(Date.now() + hours * 3_600_000).getHours()}:00`;
  await using running = await startWatch(
    person,
    folder.path,
    '--limit-up',
    '2M',
    '--hours',
    `${hourFromNow(2)}-${hourFromNow(4)}`,
  );
  await running.said(/Outside of the hours .*: nothing is uploaded until /);
  const status = (await person.run(['status'])).stdout;
  expect(status).toMatch(
    /Outside of its hours: it goes on at .*\n.*0 of 1 file.*\n {2}Limited to 2\.0 MB\/s, the hours /,
  );
  await expect(pathsOf(person)).resolves.toEqual([]);

  const changed = await person.run(['limit', '--hours', 'always', '--up', '50k']);
  expect(changed.stdout).toBe(`${folder.path}: limited to 50.0 kB/s\n`);
  await running.said(/Up to date/);
  // 100 kB take two seconds; without a limit they are there at once.
  await writeFile(join(folder.path, 'slow'), 's'.repeat(100_000));
  const startedAtMs = performance.now();
  await expect.poll(() => pathsOf(person), { timeout: 20_000 }).toEqual(['a', 'slow']);
  expect(performance.now() - startedAtMs).toBeGreaterThan(1_500);
  expect((await person.run(['limit', '--up', 'none'])).stdout).toBe(`${folder.path}: no limits any more\n`);
  for (const wrong of [[], ['--up', '5'], ['--hours', 'noon']])
    expect((await person.run(['limit', ...wrong])).exitCode).toBe(2);
  expect((await person.run(['watch', folder.path, '--once', '--hours', '22:00-06:00'])).exitCode).toBe(2);
});

test('C15: what a running watch has held back is deleted when somebody confirms it', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTree(
    'confirm',
    ...Array.from({ length: 30 }, (_, index) => `many/f${index}`),
  );
  await using running = await startWatch(person, folder.path);
  await running.said(/Up to date/);
  const unneeded = await person.run(['confirm-deletes']);
  expect(unneeded.stdout).toBe(`${folder.path}: nothing waited to be confirmed\n`);
  await rm(join(folder.path, 'many'), { recursive: true });
  await running.said(/kept on the server: \d+ files.*"instashare confirm-deletes"/);
  // Hints of the first ones may come before the others are gone.
  await expect.poll(async () => (await pathsOf(person)).length).toBeGreaterThan(10);
  const confirmed = await person.run(['confirm-deletes', folder.path]);
  expect([confirmed.exitCode, confirmed.stdout]).toEqual([0, like(/: \d+ files that are gone .* trash/)]);
  await expect.poll(() => pathsOf(person), { timeout: 10_000 }).toEqual([]);
});
