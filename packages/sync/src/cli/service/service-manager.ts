import { posix, win32 } from 'node:path';
import { CliError } from '../cli-error.ts';
import { launchAgent } from './launch-agent.ts';
import { scheduledTask } from './scheduled-task.ts';
import { systemdUnit } from './systemd-unit.ts';

/** What is to run. */
export interface ServiceSpec {
  /** Of the service: letters, digits and hyphens. */
  readonly name: string;
  /** For a person. */
  readonly description: string;
  /** The program, absolute, and its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A program to run, and its arguments. */
export type Step = readonly [string, ...string[]];

/** What runs programs for a person who has logged in: one of these on each system. */
export interface ServiceManager {
  /** Where the description of the service lies. */
  readonly path: string;
  readonly contentOf: (spec: ServiceSpec) => Uint8Array;
  /** Before the file is there, in case it was before. These may fail. */
  readonly prepare: readonly Step[];
  /** After the file is there: what has it run, now and at every log-in, as it stands in the file. */
  readonly install: readonly Step[];
  /** Before the file goes. These may fail: it may not run. */
  readonly stop: readonly Step[];
  /** After the file is gone. */
  readonly forget: readonly Step[];
  readonly status: Step;
  /** False: a service has the variables of the account, and no others. */
  readonly givesVariables: boolean;
  readonly hint: string | null;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly uid: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function serviceManagerFor(machine: Machine, name: string): ServiceManager {
  switch (machine.platform) {
    case 'linux':
      return systemdUnit(name, posix.join(configHomeOf(machine), 'systemd', 'user'));
    case 'darwin':
      return launchAgent(name, machine);
    case 'win32':
      return scheduledTask(name, win32.join(machine.home, 'AppData', 'Local', 'instashare'));
    default:
      throw new CliError(
        `There is no service to make on ${machine.platform}: have it run "instashare watch"`,
      );
  }
}

function configHomeOf({ environment, home }: Machine): string {
  const given = environment['XDG_CONFIG_HOME'];
  return given?.startsWith('/') === true ? given : posix.join(home, '.config');
}
