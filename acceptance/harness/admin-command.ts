import { execFile } from 'node:child_process';
import { CHECKOUT, scrubbedEnvironment } from './environment.ts';
import type { Instance } from './instance.ts';

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** The operator's command as `npm run admin -- …` calls it, from `folder`. */
export const runAdmin = (
  { dataDir, stdin = '' }: Pick<Instance, 'dataDir'> & { readonly stdin?: string },
  folder: string,
  ...args: string[]
): Promise<Ended> =>
  new Promise((resolve) => {
    const env = scrubbedEnvironment({
      INSTASHARE_DATA_DIR: dataDir,
      INIT_CWD: folder,
      npm_lifecycle_event: 'admin',
    });
    const { stdin: input } = execFile(
      'node',
      ['scripts/admin.ts', ...args],
      { cwd: CHECKOUT, env },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
    input?.on('error', () => {}).end(stdin);
  });
