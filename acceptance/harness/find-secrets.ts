/** Looks through what an instance has written down for what must never be written down. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSWORD } from './account.ts';
import type { Instance } from './instance.ts';

/** What our secrets look like, whoever's they are. Found, they are cut: a report must not spread them further. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'an access token': /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
  'a refresh token': /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d+\.[\w-]{43}/,
  'the cookie of an admin': /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[\w-]{43}(?![\w-])/,
  'a personal access token': /isp_[\w-]{43}/,
  'a signed address': /[?&]signature=[\w-]{10,}/,
  'the secret of a webhook': /whsec_[\w+/=-]{20,}/,
  'what opens a locked share': /(?<!\d)1\d{12}\.[\w-]{43}(?![\w-])/,
  'a share link': /\/s\/[\w-]{22}(?![\w-])/,
  'the hash of a password': /\$argon2/,
  'the password of the tests': new RegExp(PASSWORD),
};

/** Which secrets stand in the logs of an instance or in what it says, and where; `known` are looked for literally. */
export async function findSecrets(
  { dataDir, output }: Pick<Instance, 'dataDir' | 'output'>,
  known: readonly string[] = [],
): Promise<string[]> {
  const folder = join(dataDir, 'logs');
  const names = await unlessMissing(readdir(folder), []);
  const logs = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const texts = [...logs, { name: 'output', text: output() }];
  // Made at the first start, unless it was given.
  const own = (await unlessMissing(readFile(join(dataDir, 'auth-secret'), 'utf8'), '')).trim();
  const literal = own === '' ? known : [...known, own];
  return texts.flatMap(({ name, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => secretsIn(line, literal).map((what) => `${name}:${index + 1} has ${what}`)),
  );
}

/** One that never got so far has none. */
const unlessMissing = <T>(found: Promise<T>, otherwise: T): Promise<T> =>
  found.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return otherwise;
    throw error;
  });

/** Throws when they hold any. */
export async function requireNoSecrets(instance: Pick<Instance, 'dataDir' | 'output'>): Promise<void> {
  const secrets = await findSecrets(instance);
  if (secrets.length > 0) throw new Error(`The logs hold secrets:\n  ${secrets.join('\n  ')}`);
}

/** Which secrets stand in a text. */
export const secretsIn = (text: string, known: readonly string[]): string[] => [
  ...Object.entries(SECRETS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([what]) => what),
  ...known.filter((secret) => text.includes(secret)).map((secret) => `${secret.slice(0, 8)}…`),
];
