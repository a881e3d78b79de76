import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { authResultSchema } from '@instashare/contracts';
import { z } from 'zod';
import { CliError } from './cli-error.ts';
import { makePrivateFolder } from './config-folder.ts';

const credentialsSchema = z.object({
  version: z.literal(1),
  /** The server that commands use when none is named: the one logged in to last. */
  defaultServer: z.string().nullable(),
  logins: z.record(z.string(), authResultSchema),
  /** What this machine is called in the list of devices, by server. */
  devices: z.record(z.string(), z.string()).optional(),
});

/** The log-ins of one person, by server. */
export type Credentials = z.infer<typeof credentialsSchema>;

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
    return credentialsSchema.parse(JSON.parse(text));
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
