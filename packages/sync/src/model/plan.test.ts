import { expect, test } from 'vitest';
import type { KnownFile } from './known-file.ts';
import { isUnchanged } from './plan.ts';

const RECORDED_AT_MS = Date.parse('2026-01-01T00:00:00.000Z');
const nsOf = (ms: number) => BigInt(ms) * 1_000_000n;

function known(times: { readonly mtimeMs: number; readonly ctimeMs: number }): KnownFile {
  return {
    path: 'a',
    localPath: 'a',
    ino: 1n,
    birthNs: 1n,
    sizeBytes: 1,
    mtimeNs: nsOf(times.mtimeMs),
    ctimeNs: nsOf(times.ctimeMs),
    sha256: '',
    fileId: '',
    version: 1,
    recordedAtMs: RECORDED_AT_MS,
  };
}

test('C17: a file dated in the future is not read again at every scan', () => {
  const file = known({ mtimeMs: RECORDED_AT_MS + 86_400_000, ctimeMs: RECORDED_AT_MS - 60_000 });
  expect(isUnchanged(file, file)).toBe(true);
});

test('a file that was dated back after a change just now is not trusted by its date', () => {
  const file = known({ mtimeMs: 0, ctimeMs: RECORDED_AT_MS - 500 });
  expect(isUnchanged(file, file)).toBe(false);
});
