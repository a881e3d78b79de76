import { mkdir, mkdtempDisposable, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { watchEach } from './keep-watching.ts';
import type { Watched } from './open-watched.ts';

/** Folders of which some are watched by engines that do nothing; `fail` is what opening the one of that name does. */
async function makeWorld(fail: Readonly<Record<string, Error>>) {
  const temporary = await mkdtempDisposable(join(tmpdir(), 'watch-each-'));
  const root = await realpath(temporary.path);
  const names = ['one', 'two'];
  for (const name of names) await mkdir(join(root, name));
  const all = new Set<Watched>();
  const [opened, closed, told]: [string[], string[], string[]] = [[], [], []];
  const stop = new AbortController();
  const context = {
    signal: stop.signal,
    output: { error: ({ message }: { message: string }) => void told.push(message) },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is asked of it here, and no more
  const asContext = context as unknown as Pick<CommandContext, 'output' | 'signal'>;
  const open = async ({ label }: { readonly label: string | null }) => {
    const name = label ?? '';
    const failure = fail[name];
    if (failure !== undefined) throw failure;
    const never = Promise.withResolvers<never>().promise;
    const watched = {
      sync: { start: async () => {}, finished: never },
      [Symbol.asyncDispose]: async () => void closed.push(name),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is asked of it here, and no more
    return watched as unknown as Watched;
  };
  const targets = names.map((name) => ({ folder: join(root, name), prefix: name, label: name }));
  const onOpened = ({ label }: { readonly label: string | null }) => void opened.push(label ?? '');
  return {
    root,
    opened,
    closed,
    told,
    all,
    stop: () => stop.abort(),
    watch: () => watchEach(asContext, { targets, open, onOpened, all }),
    [Symbol.asyncDispose]: () => temporary.remove(),
  };
}

test('told to stop, all are closed', async () => {
  await using world = await makeWorld({});
  const ended = world.watch();
  await expect.poll(() => world.all.size).toBe(2);
  world.stop();
  await ended;
  expect([world.opened.toSorted(), world.closed.toSorted()]).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
});

test.each([
  ['a fault of ours', new TypeError('what?')],
  ['another program at work on it', new CliError('Another "instashare watch" is at work')],
])('%s ends all, and is what is told', async (_, failure) => {
  await using world = await makeWorld({ two: failure });
  await expect(world.watch()).rejects.toBe(failure);
  expect([world.closed, world.all.size, world.told]).toEqual([['one'], 0, []]);
});

test('one that is not there, or whose disk fails, keeps no other, and is told of once', async () => {
  const io = Object.assign(new Error('EIO: i/o error, scandir'), { code: 'EIO', syscall: 'scandir' });
  await using world = await makeWorld({ two: io });
  const ended = world.watch();
  await expect.poll(() => [world.opened, world.told.length]).toEqual([['one'], 1]);
  expect(world.told).toEqual(['EIO: i/o error, scandir; it is looked for every 5 seconds']);
  world.stop();
  await ended;

  await using other = await makeWorld({});
  await rm(join(other.root, 'two'), { recursive: true });
  const otherEnded = other.watch();
  await expect.poll(() => [other.opened, other.told.length]).toEqual([['one'], 1]);
  expect(other.told[0]).toMatch(/^There is no folder .*two; it is looked for/);
  other.stop();
  await otherEnded;
});
