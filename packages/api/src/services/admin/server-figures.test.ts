import { expect, test } from 'vitest';
import { createFiguresReader } from './server-figures.ts';

const totals = {
  users: 1,
  files: 2,
  trashedFiles: 0,
  versions: 2,
  failedFiles: 0,
  sizeBytes: 3,
  storedBytes: 2,
};

/** A reader whose counts are answered when the test says so. */
function createSlow() {
  let nowMs = 0;
  const counts: PromiseWithResolvers<typeof totals>[] = [];
  const reader = createFiguresReader({
    count() {
      const count = Promise.withResolvers<typeof totals>();
      counts.push(count);
      return count.promise;
    },
    now: () => new Date(nowMs),
  });
  return { reader, counts, passMs: (ms: number) => (nowMs += ms) };
}

test('one count is for all who ask while it lasts, and for a minute', async () => {
  const { reader, counts, passMs } = createSlow();
  const asked = [reader.read(), reader.read()];
  passMs(90_000);
  asked.push(reader.read());
  counts[0]?.resolve(totals);
  const figures = { ...totals, countedAt: new Date(90_000) };
  expect(await Promise.all(asked)).toEqual([figures, figures, figures]);
  passMs(59_999);
  expect(await reader.read()).toEqual(figures);
  expect(counts).toHaveLength(1);
  passMs(1);
  const next = reader.read();
  counts[1]?.resolve({ ...totals, files: 9 });
  expect(await next).toMatchObject({ files: 9, countedAt: new Date(150_000) });
});

test('a count that failed is not kept', async () => {
  const { reader, counts } = createSlow();
  const failed = reader.read();
  counts[0]?.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  const next = reader.read();
  counts[1]?.resolve(totals);
  expect(await next).toMatchObject(totals);
});
