import { homedir, userInfo } from 'node:os';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { type ServiceManager, serviceManagerFor } from './service-manager.ts';

/** What runs services on this machine. Rejects what is no name for one. */
export function managerOf({ environment }: CommandContext, name: string): ServiceManager {
  if (!/^[a-z0-9][a-z0-9-]{0,47}$/i.test(name)) {
    const message = 'A service has a name of letters, digits and hyphens, up to 48 of them';
    throw new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  }
  const { uid } = userInfo();
  return serviceManagerFor({ platform: process.platform, home: homedir(), uid, environment }, name);
}
