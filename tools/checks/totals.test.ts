import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeTotals, readTotals } from './totals.ts';

async function createReports(reports: Readonly<Record<string, object>>) {
  const folder = await mkdtemp(join(tmpdir(), 'instashare-totals-'));
  for (const [tier, report] of Object.entries(reports)) {
    await writeFile(join(folder, `${tier}.json`), JSON.stringify(report));
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

const PASSED = {
  success: true,
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ name: 'well.test.ts', status: 'passed', message: '', assertionResults: [] }],
};

const FAILED = {
  name: fileURLToPath(new URL('../../packages/x/y.test.ts', import.meta.url)),
  status: 'failed',
  message: '',
  assertionResults: [
    { status: 'passed', fullName: 'counts to two', failureMessages: [] },
    {
      status: 'failed',
      fullName: 'numbers counts to three',
      failureMessages: ['\u001B[31mError: expected 3\u001B[39m\n at x'],
    },
  ],
};
const UNTIDY = {
  name: 'w.test.ts',
  status: 'failed',
  message: 'afterAll: no such folder',
  assertionResults: [{ status: 'passed', fullName: 'works', failureMessages: [] }],
};
const BROKEN = { name: 'z.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };

test('sums up the tiers, and counts what failed without a test of its own', async () => {
  await using reports = await createReports({
    passed: PASSED,
    failed: { ...PASSED, success: false, numFailedTests: 3, testResults: [FAILED] },
    unreadable: {
      ...PASSED,
      success: false,
      testResults: [BROKEN, BROKEN],
    },
    leaking: { ...PASSED, success: false },
  });
  const tiers = ['passed', 'failed', 'unreadable', 'leaking', 'missing'];
  const totals = await readTotals(tiers, reports.folder);
  expect(totals).toMatchObject([
    { tier: 'passed', passed: 12, failed: 0, skipped: 3 },
    { tier: 'failed', passed: 12, failed: 3, skipped: 3 },
    { tier: 'unreadable', passed: 12, failed: 2, skipped: 3 },
    { tier: 'leaking', passed: 12, failed: 1, skipped: 3 },
    { tier: 'missing', passed: 0, failed: 1, skipped: 0 },
  ]);
  expect(describeTotals(totals).split('\n').at(-1)).toBe('48 passed, 7 failed');
});

test('names what failed, and says why: the end of a long output is often all there is of it', async () => {
  await using reports = await createReports({
    failed: { ...PASSED, success: false, numFailedTests: 1, testResults: [FAILED] },
    broken: { ...PASSED, success: false, testResults: [BROKEN, UNTIDY] },
    leaking: { ...PASSED, success: false },
  });
  const totals = await readTotals(['failed', 'broken', 'leaking', 'missing'], reports.folder);
  const description = describeTotals(totals);
  expect(description).toContain(
    'failed: packages/x/y.test.ts > numbers counts to three\n  Error: expected 3\n   at x\n',
  );
  expect(description).toContain('z.test.ts\n  no such module\n');
  expect(description).toContain('w.test.ts\n  afterAll: no such folder\n');
  expect(description).toContain('leaking: failed outside of its tests');
  expect(description).toContain('missing: left no report\n');
  expect(description).not.toContain('counts to two');
});
