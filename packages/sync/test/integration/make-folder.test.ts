import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/adapters/make-folder.ts';

test('a folder is made with those above it, and a file that is in its way, or in theirs, stays', async () => {
  const root = await mkdtemp(join(tmpdir(), 'instashare-make-'));
  try {
    const folder = join(root, 'a', 'b');
    expect([await makeFolder(folder), await makeFolder(folder)]).toEqual([true, true]);
    expect((await stat(folder)).isDirectory()).toBe(true);
    const file = join(root, 'file');
    await writeFile(file, 'mine');
    expect([await makeFolder(file), await makeFolder(join(file, 'below'))]).toEqual([false, false]);
    expect(await readFile(file, 'utf8')).toBe('mine');
    await expect(makeFolder(join(root, 'x'.repeat(300)))).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
  } finally {
    await rm(root, { recursive: true });
  }
});
