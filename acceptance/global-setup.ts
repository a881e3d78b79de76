import type { TestProject } from 'vitest/node';
import { findSecrets } from './harness/find-secrets.ts';
import { startInstance } from './harness/instance.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The one instance that all tests share which need none of their own. */
    server: string;
    dataDir: string;
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const instance = await startInstance({ environment: { RAW_OBJECT_GRACE_SECONDS: '1' } });
  project.provide('server', instance.url);
  project.provide('dataDir', instance.dataDir);
  return async () => {
    // Of the whole run, whatever its tests have done.
    const secrets = await findSecrets(instance);
    await instance[Symbol.asyncDispose]();
    if (secrets.length > 0) throw new Error(`The logs hold secrets:\n  ${secrets.join('\n  ')}`);
  };
}
