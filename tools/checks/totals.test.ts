import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  testResults: [{ status: 'passed', assertionResults: [{}] }],
};

test('sums up the tiers, and counts what failed without a test of its own', async () => {
  await using reports = await createReports({
    passed: PASSED,
    failed: { ...PASSED, success: false, numFailedTests: 3 },
    unreadable: {
      ...PASSED,
      success: false,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [] },
      ],
    },
    leaking: { ...PASSED, success: false },
  });
  const tiers = ['passed', 'failed', 'unreadable', 'leaking', 'missing'];
  const totals = await readTotals(tiers, reports.folder);
  expect(totals).toEqual([
    { tier: 'passed', passed: 12, failed: 0, skipped: 3 },
    { tier: 'failed', passed: 12, failed: 3, skipped: 3 },
    { tier: 'unreadable', passed: 12, failed: 2, skipped: 3 },
    { tier: 'leaking', passed: 12, failed: 1, skipped: 3 },
    { tier: 'missing', passed: 0, failed: 1, skipped: 0 },
  ]);
  expect(describeTotals(totals).split('\n').at(-1)).toBe('48 passed, 7 failed');
});
