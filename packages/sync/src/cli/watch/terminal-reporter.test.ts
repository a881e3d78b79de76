import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { SyncStatus } from '../../engine/sync-event.ts';
import { createTerminalReporter } from './terminal-reporter.ts';

const BUSY: SyncStatus = {
  phase: 'uploading',
  totalFiles: 3,
  totalBytes: 30,
  doneFiles: 1,
  doneBytes: 10,
  sentBytes: 10,
  active: [],
  problems: 0,
  heldDeletions: 0,
  waitingFor: null,
  closedUntil: null,
};
const TARGET = { folder: '/f', label: null };
const NO_WRAP = '\u001b[?7l';
const WRAP = '\u001b[?7h';

function createTerminal() {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40 });
  let shown = '';
  stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
  return { stream, shown: () => shown };
}

test('what is said last is shown, though the bars go at the same moment', async () => {
  const { stream, shown } = createTerminal();
  using reporter = createTerminalReporter(stream, { isOnce: true, status: () => BUSY });
  await expect.poll(shown).toContain('1 of 3 files');
  reporter.onEvent({ type: 'up_to_date', files: 3, sizeBytes: 30, problems: 0 }, TARGET);
  reporter[Symbol.dispose]();
  expect(shown()).toContain('Stored: 3 files');
});

test('long lines are whole again when there is no bar', async () => {
  const { stream, shown } = createTerminal();
  let status = BUSY;
  using reporter = createTerminalReporter(stream, { isOnce: false, status: () => status });
  reporter.onEvent({ type: 'resumed' }, TARGET);
  await expect.poll(shown).toContain(NO_WRAP);
  status = { ...BUSY, phase: 'up_to_date', totalFiles: 0 };
  await expect.poll(() => shown().lastIndexOf(WRAP) > shown().lastIndexOf(NO_WRAP)).toBe(true);
});
