import { mkdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';

/** Where the log-in is kept, sealed by the system's keychain where there is one. */
export interface SessionFile {
  load(): Promise<string | null>;
  save(session: string | null): Promise<void>;
  readonly hasKeychain: boolean;
}

const SEALED = 'sealed:';
const PLAIN = 'plain:';

/** Linux without a keyring "encrypts" with a key that everybody knows: that is none. */
function hasKeychain(): boolean {
  // oxlint-disable-next-line typescript/no-deprecated -- its successor is missing in Electrons that the app runs on
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

export function createSessionFile(path: string): SessionFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let last: Promise<unknown> = Promise.resolve();
  return {
    hasKeychain: hasKeychain(),
    async load() {
      await last;
      const text = await readFile(path, 'utf8').catch(() => null);
      return text === null ? null : unseal(text);
    },
    save(session) {
      const write = last.then(() =>
        session === null ? rm(path, { force: true }) : replace(path, seal(session)),
      );
      last = write.catch(() => undefined);
      return write;
    },
  };
}

function seal(session: string): string {
  if (!hasKeychain()) return PLAIN + session;
  // oxlint-disable-next-line typescript/no-deprecated -- its successor is missing in Electrons that the app runs on
  return SEALED + safeStorage.encryptString(session).toString('base64');
}

/** null when the keychain does not open it any more: the person logs in again. */
function unseal(text: string): string | null {
  if (text.startsWith(PLAIN)) return text.slice(PLAIN.length);
  if (!text.startsWith(SEALED)) return null;
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- its successor is missing in Electrons that the app runs on
    return safeStorage.decryptString(Buffer.from(text.slice(SEALED.length), 'base64'));
  } catch {
    return null;
  }
}

/** Replaces the file in one step, readable by its owner alone. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
