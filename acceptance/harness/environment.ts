import { devNull } from 'node:os';
import { join } from 'node:path';

export const CHECKOUT = join(import.meta.dirname, '..', '..');

/** Set in everything the tests start, and inherited by what that starts in turn. */
export const MARK = 'INSTASHARE_ACCEPTANCE_INSTANCE';

/** What a shell of a new user has, and nothing of this machine's own configuration. */
export function scrubbedEnvironment(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'SHELL', 'TERM', 'TMPDIR', 'TZ', 'USER'];
  const environment: NodeJS.ProcessEnv = {};
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  // As npm does it: the programs of this checkout's packages come first, among them its Node.
  environment['PATH'] = `${join(CHECKOUT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`;
  return { ...environment, INSTASHARE_ENV_FILE: devNull, ...own };
}
