import { access, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runAs } from './run-as.ts';

test('a program that is aborted is waited for, with all that it started', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'instashare-test-'));
  const abort = new AbortController();
  // The shell ends at once. What it has started goes on for a moment.
  const script = '(touch started; sleep 0.3; touch ended) & wait';
  const running = runAs('sh', ['-c', script], { user: null, cwd: folder.path, signal: abort.signal });
  await vi.waitFor(() => access(join(folder.path, 'started')), { interval: 10 });
  abort.abort();
  await expect(running).rejects.toThrow(/abort/i);
  await access(join(folder.path, 'ended'));
});
