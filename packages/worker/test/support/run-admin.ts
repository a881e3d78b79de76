import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WorkerWorld } from './worker-world.ts';

const BIN = fileURLToPath(new URL('../../bin/instashare-admin.js', import.meta.url));

export interface AdminRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`: the events. */
  events(): Record<string, unknown>[];
}

export type AdminTarget = Pick<WorkerWorld, 'databaseUrl' | 'dataDir'>;

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
        AUTH_SECRET: 'x'.repeat(32),
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
