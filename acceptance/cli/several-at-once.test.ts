/** Several programs at once: two devices of an account, two processes on one folder, another program on the same file. */
import { execFile } from 'node:child_process';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { PASSWORD } from '../harness/account.ts';
import { type Cli, makeCli } from '../harness/cli.ts';
import { until } from '../harness/poll.ts';
import { pageSchema, versionsSchema } from '../harness/schemas.ts';
import { makeTempFolder, type TempFolder } from '../harness/temp-folder.ts';
import { MIB, sha256Of, textBytes } from '../harness/uploads.ts';
import { startWatch } from './running-watch.ts';
import { eventsOf, like, makePerson, type Person } from './support.ts';

const server = inject('server');

/** Another device of the same account. */
async function otherDevice(person: Person): Promise<Cli> {
  const cli = await makeCli();
  const args = ['login', person.user.email, '--password-stdin', '--server', server];
  expect(await cli.run(args, { stdin: `${PASSWORD}\n` })).toMatchObject({ exitCode: 0 });
  return cli;
}

async function stored({ user }: Person): Promise<Record<string, string>> {
  const { items } = await user.get('/files?limit=1000', pageSchema);
  return Object.fromEntries(items.map(({ path, sha256 }) => [path, sha256]));
}

const write = (folder: TempFolder, name: string, content: string) =>
  writeFile(join(folder.path, name), content);

const sums = (contents: Record<string, string>) =>
  Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, sha256Of(Buffer.from(text))]));

describe('Two engines with two folders of one account at once', () => {
  test('each keeps to its own prefix: what one moves and deletes is nothing to the other', async () => {
    await using person = await makePerson(server);
    await using other = await otherDevice(person);
    await using mine = await makeTempFolder('mine');
    await using theirs = await makeTempFolder('theirs');
    for (const [folder, name] of [
      [mine, 'mine'],
      [theirs, 'theirs'],
    ] as const) {
      for (const file of ['stays', 'goes', 'moves']) await write(folder, file, `${file} of ${name}`);
    }
    await using first = await startWatch(person, mine.path, '--to', 'mine');
    await using second = await startWatch({ ...person, ...other }, theirs.path, '--to', 'theirs');
    await Promise.all([first, second].map(({ said }) => said(/Up to date: 3 files/)));
    await Promise.all([
      rm(join(mine.path, 'goes')),
      rename(join(mine.path, 'moves'), join(mine.path, 'moved')),
      write(theirs, 'stays', 'changed by theirs'),
      write(theirs, 'new', 'new of theirs'),
    ]);
    await expect
      .poll(() => stored(person))
      .toEqual(
        sums({
          'mine/stays': 'stays of mine',
          'mine/moved': 'moves of mine',
          'theirs/stays': 'changed by theirs',
          'theirs/goes': 'goes of theirs',
          'theirs/moves': 'moves of theirs',
          'theirs/new': 'new of theirs',
        }),
      );
  });

  test('at one prefix nothing is lost: both have their files, and of a common path there are both versions', async () => {
    await using person = await makePerson(server);
    await using other = await otherDevice(person);
    await using mine = await makeTempFolder('mine');
    await using theirs = await makeTempFolder('theirs');
    await write(mine, 'only mine', 'M');
    await write(mine, 'common', 'as I have it');
    await write(theirs, 'only theirs', 'T');
    await write(theirs, 'common', 'as they have it');
    await using first = await startWatch(person, mine.path, '--to', 'shared');
    await using second = await startWatch({ ...person, ...other }, theirs.path, '--to', 'shared');
    await Promise.all([first, second].map(({ said }) => said(/Up to date: 2 files/)));

    const common = async () => {
      const { items } = await person.user.get('/files?limit=1000', pageSchema);
      const file = items.find(({ path }) => path === 'shared/common');
      const { items: versions } = await person.user.get(`/files/${file?.id}/versions`, versionsSchema);
      return versions.map(({ sha256 }) => sha256);
    };
    const both = Object.values(sums({ mine: 'as I have it', theirs: 'as they have it' }));
    expect((await common()).toSorted()).toEqual(both.toSorted());
    const isTheirs = (await common())[0] === both[1];
    // The one whose version is not the current one has no say in what becomes of it.
    await rm(join(isTheirs ? mine.path : theirs.path, 'common'));
    await rm(join(mine.path, 'only mine'));
    await (isTheirs ? first : second).said(/Kept shared\/common/);
    await expect
      .poll(async () => Object.keys(await stored(person)))
      .toEqual(['shared/common', 'shared/only theirs']);
    expect((await common()).toSorted()).toEqual(both.toSorted());
  });
});

test('two processes on one folder: the second is refused, and takes over after a kill -9 of the first', async () => {
  await using person = await makePerson(server);
  await using folder = await makeTempFolder('twice');
  await write(folder, 'a', 'A');
  const kill = new AbortController();
  let shown = '';
  const killed = person.run(['watch', folder.path], {
    kill: kill.signal,
    onStdout: (text) => (shown += text),
  });
  await until('the first to be up to date', () => (/Up to date/.test(shown) ? true : null));
  for (const args of [
    ['watch', folder.path],
    ['watch', folder.path, '--once'],
  ]) {
    expect(await person.run(args)).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: like(/Another "instashare watch" is at work on .*twice/),
    });
  }
  kill.abort();
  expect(await killed).toMatchObject({ exitCode: null });
  await write(folder, 'b', 'B');
  await using running = await startWatch(person, folder.path);
  await running.said(/Up to date: 2 files/);
  expect(await stored(person)).toEqual(sums({ a: 'A', b: 'B' }));
  expect(eventsOf(await person.run(['status', '--json']))).toMatchObject([{ phase: 'up_to_date' }]);
});

/** Whether a file can be locked by another program. */
const isLockable = (path: string): Promise<boolean> =>
  promisify(execFile)('flock', ['--exclusive', '--nonblock', path, 'true']).then(
    () => true,
    () => false,
  );

describe('C2: a file that is being uploaded is open for everybody', () => {
  const SIZE_BYTES = 12 * MIB;

  async function startSlowly(person: Person, folder: TempFolder) {
    await writeFile(join(folder.path, 'large'), textBytes(SIZE_BYTES));
    const running = await startWatch(person, folder.path, '--limit-up', '1M');
    await until('the large file to be on its way', async () => {
      const [status] = eventsOf(await person.run(['status', '--json']));
      return JSON.stringify(status?.['active']).includes('"large"') ? true : null;
    });
    return running;
  }

  test('C2: it can be locked and written to; what was read before is given up, and the final content is sent', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('locked');
    const path = join(folder.path, 'large');
    await using running = await startSlowly(person, folder);
    if (process.platform === 'linux') expect(await isLockable(path)).toBe(true);
    {
      await using file = await open(path, 'r+');
      await file.write('written by another program', 0);
    }
    await person.run(['limit', '--up', 'none']);
    await running.said(/Up to date/);
    const sha256 = sha256Of(await readFile(path));
    const { items } = await person.user.get('/files', pageSchema);
    expect(items).toMatchObject([{ path: 'large', sha256, version: 1 }]);
  });

  test('C2: it can be renamed and deleted', async () => {
    await using person = await makePerson(server);
    await using folder = await makeTempFolder('renamed');
    const at = (name: string) => join(folder.path, name);
    await using running = await startSlowly(person, folder);
    await rename(at('large'), at('renamed'));
    await person.run(['limit', '--up', 'none']);
    await running.said(/Stored renamed/);
    expect(await stored(person)).toEqual({ renamed: sha256Of(textBytes(SIZE_BYTES)) });
    await person.run(['limit', '--up', '1M']);
    await writeFile(at('second'), textBytes(SIZE_BYTES, 2));
    await until('the second file to be on its way', async () => {
      const [status] = eventsOf(await person.run(['status', '--json']));
      return JSON.stringify(status?.['active']).includes('"second"') ? true : null;
    });
    await rm(at('second'));
    await person.run(['limit', '--up', 'none']);
    await expect
      .poll(async () => eventsOf(await person.run(['status', '--json']))[0])
      .toMatchObject({ phase: 'up_to_date', problems: { count: 0 } });
    expect(Object.keys(await stored(person))).toEqual(['renamed']);
  });
});
