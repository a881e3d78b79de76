import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '@instashare/backend/config';
import { createLog } from '@instashare/backend/log';
import type { AdminContext } from '../../src/admin/context.ts';
import { createOpeners } from '../../src/admin/open-parts.ts';
import { parseCommandLine } from '../../src/admin/parse-command-line.ts';
import type { AdminEvent } from '../../src/admin/report.ts';
import { composeSweep } from '../../src/compose.ts';
import type { WorkerWorld } from './world.ts';

const BIN = fileURLToPath(new URL('../../bin/instashare-admin.js', import.meta.url));

export interface AdminRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`: the events. */
  events(): Record<string, unknown>[];
}

export type AdminTarget = Pick<WorkerWorld, 'databaseUrl' | 'dataDir'>;

const SECRET = 'x'.repeat(32);

/** Runs `instashare-admin` as an operator does, with the configuration of this world's server. */
export function adminOf(
  { databaseUrl, dataDir }: AdminTarget,
  environment: Readonly<Record<string, string>> = {},
) {
  return (...args: string[]): Promise<AdminRun> =>
    new Promise((resolve) => {
      const env = {
        ...process.env,
        DATABASE_URL: databaseUrl,
        INSTASHARE_DATA_DIR: dataDir,
        AUTH_SECRET: SECRET,
        ...environment,
      };
      execFile(process.execPath, [BIN, ...args], { env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? -1);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test asserts what it reads of it
        const parse = (line: string) => JSON.parse(line) as Record<string, unknown>;
        const events = () => stdout.split('\n').filter(Boolean).map(parse);
        resolve({ code, stdout, stderr, events });
      });
    });
}

export interface InsideOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** What the command is to have instead, such as a store with a disk that fails. */
  readonly replace?: (context: AdminContext) => Partial<AdminContext>;
}

/** Runs a command within this process: without a start of Node, and in places where no program can be put. */
export function adminInside({ databaseUrl, dataDir }: AdminTarget, options: InsideOptions = {}) {
  const { environment = {}, replace = () => ({}) } = options;
  return async (...args: string[]): Promise<{ readonly code: number; readonly events: AdminEvent[] }> => {
    const place = { DATABASE_URL: databaseUrl, INSTASHARE_DATA_DIR: dataDir, AUTH_SECRET: SECRET };
    const config = loadConfig({ ...place, ...environment });
    const log = createLog({ name: 'test', level: 'silent' });
    await using made = new AsyncDisposableStack();
    const events: AdminEvent[] = [];
    const context: AdminContext = {
      config,
      log,
      signal: new AbortController().signal,
      readPassword: () => Promise.reject(new Error('There is nobody to ask')),
      report: (event) => void events.push(event),
      showProgress: () => ({ [Symbol.dispose]() {} }),
      now: () => new Date(),
      sweep: composeSweep,
      ...createOpeners(config, { log, made }),
    };
    const line = parseCommandLine(args);
    return { code: await line.run({ ...context, ...replace(context) }, line), events };
  };
}
