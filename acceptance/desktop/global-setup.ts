import type { TestProject } from 'vitest/node';
import { startInstance } from '../harness/instance.ts';
import { prepareApp } from './launch-app.ts';

/** Prepares the app, and starts a server. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await using opened = new AsyncDisposableStack();
  const { executablePath, args, display } = opened.use(await prepareApp());
  const instance = opened.use(await startInstance());
  project.provide('server', instance.url);
  project.provide('app', { executablePath, args, display });
  const all = opened.move();
  return () => all.disposeAsync();
}
