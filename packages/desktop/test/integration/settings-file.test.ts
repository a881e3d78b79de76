import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings, writeSettings } from '../../src/main/kept-settings.ts';
import { settingsSchema } from '../../src/shared/settings.ts';

const DEFAULTS = settingsSchema.parse({});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'instashare-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('what is written is read again, and nothing else is left in the folder', () => {
  const folder = makeFolder();
  const path = join(folder, 'settings.json');
  expect(readSettings(path)).toEqual({ settings: DEFAULTS, damagedPath: null });
  const settings = { ...DEFAULTS, folders: [{ path: '/here', prefix: 'here', ignored: [] }] };
  writeSettings(path, settings);
  expect(readSettings(path)).toEqual({ settings, damagedPath: null });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test.each(['', '{"folders": [', '\0\0\0\0', '[]', 'null'])(
  'a file that is damaged (%j) is kept aside, and told',
  (text) => {
    const path = join(makeFolder(), 'settings.json');
    writeFileSync(path, text);
    expect(readSettings(path)).toEqual({ settings: DEFAULTS, damagedPath: `${path}.bad` });
    writeSettings(path, DEFAULTS);
    expect(readFileSync(`${path}.bad`, 'utf8')).toBe(text);
    expect(readSettings(path).damagedPath).toBeNull();
  },
);

test('a second file that is damaged does not replace the first that was kept aside', () => {
  const path = join(makeFolder(), 'settings.json');
  for (const [text, damagedPath] of [
    ['first', `${path}.bad`],
    ['second', `${path}.bad.2`],
    ['third', `${path}.bad.3`],
  ] as const) {
    writeFileSync(path, text);
    expect(readSettings(path)).toEqual({ settings: DEFAULTS, damagedPath });
  }
  const kept = [`${path}.bad`, `${path}.bad.2`, `${path}.bad.3`].map((bad) => readFileSync(bad, 'utf8'));
  expect(kept).toEqual(['first', 'second', 'third']);
});
