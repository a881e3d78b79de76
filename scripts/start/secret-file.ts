import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, StartError } from './start-error.ts';
import { syncFolder } from './sync-folder.ts';

const SECRET_BYTES = 32;

/**
 * Reads the secret that `file` keeps, and makes a random one first if there is none. Only its owner can read it, and
 * what was returned once is there for good: tokens and accounts hang on it.
 */
export async function ensureSecret(file: string, sync = syncFolder): Promise<string> {
  const existing = await readSecret(file);
  if (existing !== null) return existing;
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Whole or not at all: half a secret would be taken for a whole one from then on.
  await writeFile(`${file}.new`, secret, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  await sync(folder);
  await sync(dirname(folder));
  return secret;
}

async function readSecret(file: string): Promise<string | null> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length >= SECRET_BYTES) return secret;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  throw new StartError(`${file} holds no usable secret. Restore it, or delete it to have a new one made.`);
}
