import type { TestProject } from 'vitest/node';
import { startInstance } from './harness/instance.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The one instance that all tests share which need none of their own. */
    server: string;
    dataDir: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const environment = { RAW_OBJECT_GRACE_SECONDS: '1', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };
  const instance = await startInstance({ environment });
  project.provide('server', instance.url);
  project.provide('dataDir', instance.dataDir);
  return async () => instance[Symbol.asyncDispose]();
}
