import { existsSync } from 'node:fs';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureSecret } from '../start/secret-file.ts';

test('a secret that was made outlives a loss of power: its name is synced, and that of its folder', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-secret-'));
  const own = join(folder.path, 'account');
  const file = join(own, 'password');
  const synced: (readonly [folder: string, isThere: boolean])[] = [];
  const sync = async (path: string) => void synced.push([path, existsSync(file)]);

  const secret = await ensureSecret(file, sync);
  expect(synced.splice(0)).toEqual([
    [own, true],
    [folder.path, true],
  ]);
  expect([await ensureSecret(file, sync), synced]).toEqual([secret, []]);
});
