import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';

test('with a prefix all goes below it, found by a scan or by a hint', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.files.write('deep/cafe\u0301', 'C');
  await using sync = world.engine({ prefix: 'notes/2026' });
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  await started;
  world.files.write('\u00fcber', 'U');
  world.files.write('new/b', 'B');
  world.hint('\u00fcber', 'new');
  await world.clock.advance(2_000);
  expect(world.remote.current()).toEqual({
    'notes/2026/a': 'A',
    'notes/2026/deep/caf\u00e9': 'C',
    'notes/2026/new/b': 'B',
    'notes/2026/\u00fcber': 'U',
  });
});

test('a path that is too long with the prefix is a named problem', async () => {
  const world = createWorld();
  world.files.write(`${'d'.repeat(200)}/${'f'.repeat(200)}`, 'F');
  const prefix = Array.from({ length: 4 }, () => 'p'.repeat(200)).join('/');
  await using sync = world.engine({ mode: 'once', prefix });
  const ran = Promise.all([sync.start(), sync.finished]);
  await world.clock.advance(5_000);
  await ran;
  expect(sync.problems()).toMatchObject([{ code: 'invalid_name' }]);
});
