import { expect, test } from 'vitest';
import { createDiskPace } from './disk-pace.ts';

/** A disk whose calls take a while each, and a program that does other things now and then. */
function createDisk(callMs: number) {
  const disk = { callMs, nowMs: 1_000, turns: 0 };
  const pace = createDiskPace({
    nowMs: () => disk.nowMs,
    nextTurn: () => {
      disk.turns += 1;
      return Promise.resolve();
    },
  });
  const ask = () =>
    pace.run(
      () => {
        disk.nowMs += disk.callMs;
        return 'at once';
      },
      () => Promise.resolve('in the pool'),
    );
  const askTimes = async (times: number) => {
    const answers: string[] = [];
    for (let call = 0; call < times; call += 1) answers.push(await ask());
    return answers;
  };
  return { disk, ask, askTimes };
}

test('what the disk has at hand is asked for on the spot, and the rest of the program gets its turns', async () => {
  const { askTimes, disk } = createDisk(0.05);
  const answers = await askTimes(1_000);
  expect({ answers: new Set(answers), turns: disk.turns }).toEqual({
    answers: new Set(['at once']),
    turns: 6,
  });
});

test('a disk that has to be waited for is asked by the pool, and tried again later', async () => {
  const { askTimes, disk } = createDisk(5);
  expect(await askTimes(18)).toEqual([...Array<string>(16).fill('at once'), 'in the pool', 'in the pool']);
  Object.assign(disk, { nowMs: disk.nowMs + 250, callMs: 0.05 });
  expect(await askTimes(2)).toEqual(['at once', 'at once']);
});

test('one call that took long, as when others have the processor, says nothing of the disk', async () => {
  const { ask, askTimes, disk } = createDisk(0.05);
  await askTimes(10);
  disk.callMs = 15;
  await ask();
  disk.callMs = 0.05;
  expect(new Set(await askTimes(20))).toEqual(new Set(['at once']));
});

test('a call that fails fails as the call does', async () => {
  const pace = createDiskPace({ nowMs: () => 0, nextTurn: () => Promise.resolve() });
  const failing = pace.run(
    () => {
      throw new Error('EACCES');
    },
    () => Promise.resolve(''),
  );
  await expect(failing).rejects.toThrow('EACCES');
});
