import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import { startInstance } from '../harness/instance.ts';
import { findElectron, openDisplay } from './electron.ts';

declare module 'vitest' {
  interface ProvidedContext {
    electron: { readonly executablePath: string; readonly args: readonly string[] };
    display: string;
    /** The one instance that all tests share which need none of their own. */
    server: string;
  }
}

/** Builds the app as it stands, finds the Electron and the display to run it with, and starts a server. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await using opened = new AsyncDisposableStack();
  const { executablePath, args } = opened.use(await findElectron());
  const cwd = join(CHECKOUT, 'packages', 'desktop');
  await promisify(execFile)('node', ['build.ts'], { cwd, env: scrubbedEnvironment() });
  const display = opened.use(await openDisplay());
  const instance = opened.use(await startInstance());
  project.provide('server', instance.url);
  project.provide('electron', { executablePath, args });
  project.provide('display', display.name ?? '');
  const all = opened.move();
  return () => all.disposeAsync();
}
