/** What vitest's JSON reports say, in a line. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Where the `test:*` scripts put their reports. */
export const TEST_RESULTS = fileURLToPath(new URL('../../test-results', import.meta.url));

export interface Totals {
  readonly tier: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's report that is read here. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** A tier that left no report counts as one failure: it broke before there was a test to fail. */
export async function readTotals(tiers: readonly string[], folder = TEST_RESULTS): Promise<Totals[]> {
  return await Promise.all(
    tiers.map(async (tier) => {
      const text = await readFile(`${folder}/${tier}.json`, 'utf8').catch(() => null);
      return text === null ? { tier, passed: 0, failed: 1, skipped: 0 } : totalsOf(tier, text);
    }),
  );
}

function totalsOf(tier: string, text: string): Totals {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vitest's own format, of the locked version
  const report = JSON.parse(text) as Report;
  // A file that could not be loaded has failed without a test of its own.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    tier,
    passed: report.numPassedTests,
    failed: report.success ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A line for each tier, and at the end `N passed, M failed` on a line of its own. */
export function describeTotals(totals: readonly Totals[]): string {
  const sum = (key: 'passed' | 'failed') => totals.reduce((count, tier) => count + tier[key], 0);
  const lines = totals.map(({ tier, passed, failed, skipped }) => {
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
    return `${`${tier}:`.padEnd(13)}${passed} passed, ${failed} failed${rest}`;
  });
  return [...lines, '', `${sum('passed')} passed, ${sum('failed')} failed`].join('\n');
}
