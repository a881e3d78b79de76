import { expect, test } from 'vitest';
import type { TransferTask } from './running-transfer.ts';
import { createTransfers } from './transfers.ts';

/** A task that ends as it is told, each time anew. */
function createTask(path: string) {
  const ends: string[] = [];
  let finish = Promise.withResolvers<void>();
  const task: TransferTask = {
    kind: 'upload',
    path,
    sizeBytes: 1,
    run: () => finish.promise,
    onEnd: (error) => ends.push(error instanceof Error ? error.message : 'well'),
  };
  return {
    task,
    ends,
    async end(failure?: string): Promise<void> {
      if (failure === undefined) finish.resolve();
      else finish.reject(new Error(failure));
      await expect.poll(() => ends.length).toBeGreaterThan(0);
      finish = Promise.withResolvers<void>();
    },
  };
}

test('one that failed is kept until it is tried again and goes well', async () => {
  using transfers = createTransfers();
  const one = createTask('one.txt');
  transfers.add(one.task);
  await one.end('the server is away');
  const [failed] = transfers.failed();
  expect(failed).toMatchObject({ kind: 'upload', path: 'one.txt' });
  expect(transfers.count).toBe(0);

  transfers.retry(failed?.id);
  expect([transfers.count, transfers.failed()]).toEqual([1, []]);
  await one.end();
  await expect.poll(() => transfers.count).toBe(0);
  expect([one.ends, transfers.failed()]).toEqual([['the server is away', 'well'], []]);
});

test('all that failed are tried again together, but for what was dismissed', async () => {
  using transfers = createTransfers();
  const [one, other] = [createTask('one.txt'), createTask('other.txt')];
  for (const { task } of [one, other]) transfers.add(task);
  await one.end('no');
  await other.end('no');
  const dismissed = transfers.failed().find(({ path }) => path === 'one.txt');
  transfers.dismiss(dismissed?.id ?? '');
  transfers.retry();
  expect([transfers.count, transfers.failed()]).toEqual([1, []]);
  await other.end();
});

test('one that somebody waits for does not wait for others, comes first, and is not kept when it fails', async () => {
  using transfers = createTransfers();
  const others = ['a', 'b', 'c', 'd'].map((name) => createTask(name));
  for (const { task } of others) transfers.add(task);
  const { promise, reject } = Promise.withResolvers<void>();
  const awaited = transfers.runNow({ kind: 'download', path: 'now', sizeBytes: 1, run: () => promise });
  expect(transfers.list(2).map(({ path, isAwaited }) => [path, isAwaited])).toEqual([
    ['now', true],
    ['a', false],
  ]);
  expect(transfers.count).toBe(5);
  reject(new Error('the disk is full'));
  await expect(awaited).rejects.toThrow('the disk is full');
  expect([transfers.count, transfers.failed()]).toEqual([4, []]);
});

test('one that somebody waits for can be called off', async () => {
  using transfers = createTransfers();
  const awaited = transfers.runNow({
    kind: 'download',
    path: 'now',
    sizeBytes: 1,
    run: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  transfers.cancel(transfers.list(1)[0]?.id ?? '');
  await expect(awaited).rejects.toMatchObject({ code: 'cancelled' });
  expect(transfers.count).toBe(0);
});

test('held uploads stop and run again in their order when they are held no more; downloads go on', async () => {
  using transfers = createTransfers();
  const begun: string[] = [];
  const ended: unknown[] = [];
  const taskOf = (kind: TransferTask['kind'], path: string): TransferTask => ({
    kind,
    path,
    sizeBytes: 1,
    run({ signal }) {
      begun.push(path);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
    onEnd: (error) => void ended.push(error),
  });
  for (const path of ['a', 'b']) transfers.add(taskOf('upload', path));
  transfers.holdUploads(true);
  transfers.add(taskOf('upload', 'c'));
  transfers.add(taskOf('download', 'd'));
  expect(begun).toEqual(['a', 'b', 'd']);
  // One that was stopped can be called off.
  transfers.cancel(transfers.list(1)[0]?.id ?? '');
  await expect.poll(() => transfers.list(9).map(({ path }) => path)).toEqual(['b', 'c', 'd']);
  expect([begun, ended, transfers.failed()]).toEqual([['a', 'b', 'd'], [], []]);
  transfers.holdUploads(false);
  await expect.poll(() => begun).toEqual(['a', 'b', 'd', 'b', 'c']);
});

test('once they are left nothing begins any more, whatever still comes', () => {
  const transfers = createTransfers();
  transfers[Symbol.dispose]();
  let begun = 0;
  const run = async () => void (begun += 1);
  transfers.add({ kind: 'upload', path: 'late', sizeBytes: 1, run, onEnd: () => undefined });
  expect([begun, transfers.count]).toEqual([0, 0]);
});

test('however many are queued, telling how it stands looks at those that are shown', () => {
  using transfers = createTransfers();
  let looks = 0;
  const endless = Promise.withResolvers<never>().promise;
  const taskOf = (n: number): TransferTask => ({
    get kind() {
      looks += 1;
      return n % 2 === 0 ? 'download' : 'upload';
    },
    path: `${n}`,
    sizeBytes: 1,
    run: () => endless,
    onEnd: () => undefined,
  });
  for (let n = 0; n < 1_000; n += 1) transfers.add(taskOf(n));
  looks = 0;
  expect([transfers.count, transfers.downloadCount]).toEqual([1_000, 500]);
  expect(transfers.list(50)).toHaveLength(50);
  expect(looks).toBe(50);
  // Two of them run: those are let go when they have stopped.
  for (const { id, kind } of transfers.list(50).slice(4)) if (kind === 'download') transfers.cancel(id);
  expect([transfers.count, transfers.downloadCount]).toEqual([977, 477]);
});
