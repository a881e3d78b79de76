import { expect, test } from 'vitest';
import { createLog } from '../log/index.ts';
import { createReadiness } from './readiness.ts';

const log = createLog({ name: 'test', level: 'silent' });
const answers = () => Promise.resolve();

test('is ready when every part answers', async () => {
  const readiness = createReadiness({ database: answers, queue: answers, objects: answers }, { log });
  expect(await readiness()).toEqual({ status: 'ok', database: 'ok', queue: 'ok', objects: 'ok' });
});

test('names what fails and what hangs, and asks neither again while it hangs or was just asked', async () => {
  const asked = { database: 0, queue: 0 };
  const hang = Promise.withResolvers<void>();
  const checks = {
    database: () => {
      asked.database += 1;
      return hang.promise;
    },
    queue: () => {
      asked.queue += 1;
      return Promise.reject(new Error('connect ECONNREFUSED'));
    },
    objects: answers,
  };
  const readiness = createReadiness(checks, { log, timeoutMs: 5, cacheMs: -1 });
  const expected = {
    status: 'unavailable',
    database: 'failed',
    queue: 'failed',
    objects: 'ok',
    code: 'unavailable',
    message: 'This process cannot work: no answer from the database, the queue. Its log says why',
  };
  expect([await readiness(), await readiness()]).toEqual([expected, expected]);
  expect(asked).toEqual({ database: 1, queue: 2 });
  hang.resolve();
  await hang.promise;
  expect(await readiness()).toMatchObject({ database: 'ok', queue: 'failed' });
});

test('what was found serves those who ask soon after', async () => {
  let asked = 0;
  const database = () => {
    asked += 1;
    return Promise.resolve();
  };
  const readiness = createReadiness({ database, queue: answers, objects: answers }, { log, cacheMs: 60_000 });
  await Promise.all([readiness(), readiness()]);
  await readiness();
  expect(asked).toBe(1);
});
