import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AuthResult } from '@instashare/contracts';
import { CliError } from './cli-error.ts';
import { makePrivateFolder } from './config-folder.ts';

/** The log-ins of one person, by server. */
export interface Credentials {
  readonly version: 1;
  /** The server that commands use when none is named: the one logged in to last. */
  readonly defaultServer: string | null;
  readonly logins: Readonly<Record<string, AuthResult>>;
  /** What this machine is called in the list of devices, by server. */
  readonly devices?: Readonly<Record<string, string>> | undefined;
}

const NONE: Credentials = { version: 1, defaultServer: null, logins: {} };

const credentialsPath = (configFolder: string) => join(configFolder, 'credentials.json');

/** Those of nobody when there is no file. */
export async function readCredentials(configFolder: string): Promise<Credentials> {
  const path = credentialsPath(configFolder);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return NONE;
  try {
    const credentials: unknown = JSON.parse(text);
    if (isCredentials(credentials)) return credentials;
    throw new TypeError('these are no credentials');
  } catch (cause) {
    throw new CliError(`${path} is damaged: remove it, then use "instashare login"`, { cause });
  }
}

/** Replaces the file in one step: whoever reads it sees the old one or the new one, and only its owner can. */
export async function writeCredentials(configFolder: string, credentials: Credentials): Promise<void> {
  const path = credentialsPath(configFolder);
  await makePrivateFolder(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

// By hand: loading a library for it would take longer than all the rest of a command.

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

function isCredentials(value: unknown): value is Credentials {
  if (!isRecord(value)) return false;
  const { version, defaultServer, logins, devices = {} } = value;
  if (version !== 1 || (defaultServer !== null && !isText(defaultServer))) return false;
  if (!isRecord(devices) || !Object.values(devices).every(isText)) return false;
  return isRecord(logins) && Object.values(logins).every(isAuthResult);
}

function isAuthResult(value: unknown): value is AuthResult {
  if (!isRecord(value) || !isRecord(value['user'])) return false;
  const { user, accessToken, refreshToken, expiresAt } = value;
  if (!isText(user['id']) || !isText(user['email'])) return false;
  if (user['name'] !== null && !isText(user['name'])) return false;
  return (
    isText(accessToken) && isText(refreshToken) && isText(expiresAt) && Number.isFinite(Date.parse(expiresAt))
  );
}
