import { parseArgs } from 'node:util';
import { UsageError } from './admin-error.ts';
import { add } from './commands/add.ts';
import { admin } from './commands/admin.ts';
import { backup } from './commands/backup.ts';
import { link } from './commands/link.ts';
import { password } from './commands/password.ts';
import { quota } from './commands/quota.ts';
import { restore } from './commands/restore.ts';
import { retry } from './commands/retry.ts';
import { sweep } from './commands/sweep.ts';
import { users } from './commands/users.ts';
import { verify } from './commands/verify.ts';
import type { AdminCommand } from './context.ts';

interface Definition {
  readonly run: AdminCommand;
  /** How many arguments it takes at most. */
  readonly maxArguments: number;
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
}

const COMMANDS: Readonly<Record<string, Definition>> = {
  users: { run: users, maxArguments: 1, options: {} },
  add: { run: add, maxArguments: 1, options: { generate: { type: 'boolean' } } },
  admin: { run: admin, maxArguments: 2, options: {} },
  link: { run: link, maxArguments: 1, options: { off: { type: 'boolean' } } },
  password: { run: password, maxArguments: 1, options: { generate: { type: 'boolean' } } },
  quota: { run: quota, maxArguments: 2, options: {} },
  retry: {
    run: retry,
    maxArguments: Number.POSITIVE_INFINITY,
    options: { all: { type: 'boolean' }, user: { type: 'string' } },
  },
  sweep: { run: sweep, maxArguments: 0, options: { 'dry-run': { type: 'boolean' } } },
  verify: {
    run: verify,
    maxArguments: 0,
    options: {
      rate: { type: 'string' },
      since: { type: 'string' },
      state: { type: 'string' },
      'mark-failed': { type: 'boolean' },
    },
  },
  backup: { run: backup, maxArguments: 1, options: { verify: { type: 'boolean' } } },
  restore: { run: restore, maxArguments: 1, options: { verify: { type: 'boolean' } } },
};

const COMMON = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'data-dir': { type: 'string' },
} as const;

export interface CommandLine {
  readonly isHelp: boolean;
  readonly isJson: boolean;
  readonly dataDir: string | undefined;
  readonly run: AdminCommand;
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Throws a {@link UsageError} that says what is wrong with it. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [name = '', ...rest] = args;
  const isHelp = ['', 'help', '--help', '-h'].includes(name);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : COMMANDS['users'];
  if (command === undefined || (!isHelp && !Object.hasOwn(COMMANDS, name))) {
    throw new UsageError(`There is no command "${name}". See instashare-admin --help.`);
  }
  const { positionals, values } = parse(isHelp ? [] : rest, command);
  if (positionals.length > command.maxArguments) {
    throw new UsageError(`"${positionals[command.maxArguments]}" is one argument too many.`);
  }
  const options: CommandLine['options'] = { ...values };
  const dataDir = options['data-dir'];
  return {
    isHelp: isHelp || options['help'] === true,
    isJson: options['json'] === true,
    dataDir: typeof dataDir === 'string' ? dataDir : undefined,
    run: command.run,
    positionals,
    options,
  };
}

function parse(args: readonly string[], { options }: Definition) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...COMMON, ...options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
