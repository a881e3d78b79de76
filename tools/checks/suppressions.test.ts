import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = '{packages,scripts,tools,acceptance,bench}/**/*.{ts,tsx}';

/** A comment that tells a tool to look away, up to the end of its line. */
const SUPPRESSION =
  /(?:\/\/|\/\*)\s*(?:oxlint-disable|eslint-disable|@ts-(?:ignore|expect-error|nocheck)).*/g;
const WITH_REASON = / -- \S/;

test('whoever tells a tool to look away says why, in the same line', async () => {
  const files: string[] = [];
  const silent: string[] = [];
  for await (const file of glob(SOURCE, { cwd: ROOT, exclude: ['**/node_modules/**'] })) {
    files.push(file);
    const text = await readFile(`${ROOT}/${file}`, 'utf8');
    for (const [comment] of text.matchAll(SUPPRESSION)) {
      if (!WITH_REASON.test(comment)) silent.push(`${file}: ${comment}`);
    }
  }
  expect(files).toContain('tools/checks/suppressions.test.ts');
  expect(silent).toEqual([]);
});
