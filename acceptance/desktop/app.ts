import { inject } from 'vitest';
import { type AppCommand, type DesktopApp, launchApp } from './launch-app.ts';

export type { DesktopApp } from './launch-app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    app: AppCommand;
    /** The one instance that all tests share which need none of their own. */
    server: string;
  }
}

/** Starts the app that all tests share with its settings, its log-in and its state in `configFolder`. */
export const startApp = (
  configFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<DesktopApp> => launchApp(inject('app'), configFolder, environment);
