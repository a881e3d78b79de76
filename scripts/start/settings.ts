import { join, resolve } from 'node:path';
import { ConfigError, loadConfig } from '@instashare/backend/config';
import { StartError } from './start-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  readonly dataDir: string;
  readonly host: string;
  /** 0 stands for any free port. */
  readonly port: number;
  /** null: PostgreSQL is embedded. */
  readonly databaseUrl: string | null;
  /** null: made at the first start. */
  readonly authSecret: string | null;
}

/** What `npm start` itself needs to know; everything else it passes on, but has checked before anything runs. */
export function readSettings(environment: Environment, checkout: string): Settings {
  const given = (name: string) => environment[name] || null;
  const databaseUrl = given('DATABASE_URL');
  const authSecret = given('AUTH_SECRET');
  const dataDir = resolve(
    startedFrom(environment),
    given('INSTASHARE_DATA_DIR') ?? join(checkout, '.instashare'),
  );
  try {
    const { host, port } = loadConfig({
      ...environment,
      INSTASHARE_DATA_DIR: dataDir,
      // Neither exists yet.
      DATABASE_URL: databaseUrl ?? 'postgres://embedded/instashare',
      AUTH_SECRET: authSecret ?? 'made at the first start, and checked then',
    });
    return { dataDir, host, port, databaseUrl, authSecret };
  } catch (error) {
    if (error instanceof ConfigError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

/** The folder that relative paths start from: npm changes into the checkout and says where it was called. */
export function startedFrom(environment: Environment): string {
  const isByNpm = ['start', 'sweep', 'admin'].includes(environment['npm_lifecycle_event'] ?? '');
  return (isByNpm ? environment['INIT_CWD'] : undefined) ?? process.cwd();
}

/** The address of a server on this machine that listens on `host`. */
export function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
