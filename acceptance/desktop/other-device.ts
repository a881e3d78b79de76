/** What another device of the same account does. */
import type { Account } from '../harness/account.ts';
import type { StoredFile } from '../harness/schemas.ts';
import { postFiles } from '../harness/uploads.ts';

const MOST_AT_ONCE = 1000;

/** Uploads files by path, those of a folder together. */
export async function uploadTexts(
  user: Account,
  files: Readonly<Record<string, string>>,
): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  const byFolder = Object.groupBy(Object.entries(files), ([path]) =>
    path.slice(0, path.lastIndexOf('/') + 1),
  );
  for (const [folder, entries = []] of Object.entries(byFolder)) {
    for (let at = 0; at < entries.length; at += MOST_AT_ONCE) {
      const form = new FormData();
      if (folder !== '') form.append('path', folder.slice(0, -1));
      for (const [path, text] of entries.slice(at, at + MOST_AT_ONCE))
        form.append('file', new Blob([text]), path.slice(folder.length));
      stored.push(...(await postFiles(user, form)));
    }
  }
  return stored;
}
