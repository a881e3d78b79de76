import { join } from 'node:path';
import { type Child, createChild } from './child.ts';
import type { TestApi } from './test-api.ts';

const MAIN = join(import.meta.dirname, '../../../worker/src/main.ts');

/** The real worker, a process of its own, for this api. */
export async function startTestWorker(
  api: Pick<TestApi, 'environment'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  await using made = new AsyncDisposableStack();
  const worker = made.use(createChild(MAIN, { ...api.environment, WORKER_CONCURRENCY: '2', ...environment }));
  await worker.start();
  made.move();
  return worker;
}
