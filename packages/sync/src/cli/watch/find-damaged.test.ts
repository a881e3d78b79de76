import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createWorld } from '../../../test/support/memory-world.ts';
import { findDamaged } from './find-damaged.ts';

test('a single run names the files whose stored content turned out damaged, and only its own', async () => {
  const world = createWorld();
  world.files.write('a', 'A');
  world.files.write('b', 'B');
  await world.uploadOnce();
  const sha256 = world.env.state.known('a')?.sha256 ?? '';
  const failed = [
    { path: 'a', sha256 },
    { path: 'b', sha256: 'of an older version' },
    { path: 'of another folder', sha256 },
  ];
  const remote = { ...world.remote, findFailed: () => Readable.from(failed) };
  const found = await findDamaged({ remote, state: world.env.state }, '', new AbortController().signal);
  expect(found).toMatchObject([{ localPath: 'a', code: 'content_failed' }]);
});
