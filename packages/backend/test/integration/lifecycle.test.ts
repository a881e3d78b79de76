import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

test('a process whose parent ended before it listened for that ends in order all the same', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lifecycle', 'late-listener.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.disconnect();
  assert(child.stdout);
  const [logged] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(logged).toContain('"parent gone"');
  expect(child.exitCode).toBe(0);
});
