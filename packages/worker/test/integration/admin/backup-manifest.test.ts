import { mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest, writeManifest } from '../../../src/admin/backup/manifest.ts';

test('the rows of a backup last before the manifest names them', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const rows = 'rows-2026-11-26-04-00-00-000';
  await mkdir(join(folder.path, rows));
  await writeFile(join(folder.path, rows, 'users.jsonl'), '');
  const manifest = {
    format: 1 as const,
    instanceId: 'x',
    createdAt: new Date().toISOString(),
    folder: rows,
    migrations: [],
    secretMark: '',
    parts: {},
    objectBytes: 0,
    missingObjects: 0,
  };
  const synced: unknown[] = [];
  await writeManifest(folder.path, manifest, async (path) => {
    synced.push([path, (await readdir(folder.path)).includes('manifest.json')]);
  });
  expect(synced).toEqual([
    [join(folder.path, rows), false],
    [folder.path, false],
    [folder.path, true],
  ]);
  expect(await readManifest(folder.path)).toEqual(manifest);
});
