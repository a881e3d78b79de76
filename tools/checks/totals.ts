/** What vitest's JSON reports say, in short: how many passed and failed, and what failed with which words. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the `test:*` scripts put their reports. */
export const TEST_RESULTS = `${ROOT}test-results`;

export interface Totals {
  readonly tier: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, each with its message. */
  readonly failures: readonly string[];
}

/** The part of vitest's report that is read here. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly TestReport[];
}

interface TestReport {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[] | null;
}

/** So many lines of a message tell what was wrong; the rest of it is in the tier's own output. */
const MESSAGE_LINES = 15;

/** A tier that left no report counts as one failure: it broke before there was a test to fail. */
export async function readTotals(tiers: readonly string[], folder = TEST_RESULTS): Promise<Totals[]> {
  return await Promise.all(
    tiers.map(async (tier) => {
      const text = await readFile(`${folder}/${tier}.json`, 'utf8').catch(() => null);
      return text === null
        ? { tier, passed: 0, failed: 1, skipped: 0, failures: ['left no report'] }
        : totalsOf(tier, text);
    }),
  );
}

function totalsOf(tier: string, text: string): Totals {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- vitest's own format, of the locked version
  const report = JSON.parse(text) as Report;
  const brokenFiles = report.testResults.filter(isBroken).length;
  const failed = Math.max(report.success ? 0 : 1, report.numFailedTests + brokenFiles);
  return {
    tier,
    passed: report.numPassedTests,
    failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: orNameless(failed, report.testResults.flatMap(failuresOf)),
  };
}

/** What fails outside of every file, such as a rejection that nobody waits for, is in no report. */
const orNameless = (failed: number, failures: readonly string[]): readonly string[] =>
  failed > 0 && failures.length === 0 ? ['failed outside of its tests: see its own output'] : failures;

/** A file that could not be loaded, or tidied up after, has failed without a test of its own. */
function isBroken({ status, assertionResults }: FileReport): boolean {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

function failuresOf(report: FileReport): string[] {
  const file = relative(ROOT, report.name);
  if (isBroken(report)) return [`${file}\n${firstLines(report.message)}`];
  return report.assertionResults
    .filter(({ status }) => status === 'failed')
    .map(
      ({ fullName, failureMessages }) =>
        `${file} > ${fullName}\n${firstLines((failureMessages ?? []).join('\n'))}`,
    );
}

function firstLines(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, MESSAGE_LINES);
  return lines.map((line) => `  ${line}`).join('\n');
}

/** What failed; a line for each tier; and at the end `N passed, M failed` on a line of its own. */
export function describeTotals(totals: readonly Totals[]): string {
  const sum = (key: 'passed' | 'failed') => totals.reduce((count, tier) => count + tier[key], 0);
  const lines = totals.map(({ tier, passed, failed, skipped }) => {
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
    return `${`${tier}:`.padEnd(13)}${passed} passed, ${failed} failed${rest}`;
  });
  const failures = totals.flatMap(({ tier, failures: each }) =>
    each.map((failure) => `${tier}: ${failure}\n`),
  );
  return [...failures, ...lines, '', `${sum('passed')} passed, ${sum('failed')} failed`].join('\n');
}
