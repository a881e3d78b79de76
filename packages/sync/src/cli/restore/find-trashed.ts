import type { InstashareClient } from '@instashare/client/node';
import type { TrashedFileDto } from '@instashare/contracts';
import { listTrashed } from '../../adapters/list-files.ts';
import { CliError } from '../cli-error.ts';
import type { PathOptions } from '../find-file.ts';
import { printable } from '../format.ts';

/** Of what is in the trash, no more than it takes to restore it. */
export type TrashedEntry = Pick<TrashedFileDto, 'id' | 'path' | 'deletedAt'>;

export interface TrashedFolder {
  readonly kind: 'folder';
  readonly path: string;
  /** The last deleted first; a path may come more than once. */
  readonly entries: readonly TrashedEntry[];
}

/**
 * What was deleted at a path: a folder when it ends in "/", else the file that was deleted there last, and where
 * there was none the folder. Rejects with words for the person when the trash has nothing of it.
 */
export async function findTrashed(
  client: InstashareClient,
  options: PathOptions,
): Promise<TrashedFolder | ({ readonly kind: 'file' } & TrashedEntry)> {
  const given = options.path.normalize('NFC');
  const path = given.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  const entries: TrashedEntry[] = [];
  const prefix = given.endsWith('/') ? `${path}/` : path;
  for await (const { id, path: itsPath, deletedAt } of listTrashed(client, { ...options, prefix })) {
    if (itsPath === path) return { kind: 'file', id, path: itsPath, deletedAt };
    if (itsPath.startsWith(`${path}/`)) entries.push({ id, path: itsPath, deletedAt });
  }
  if (path !== '' && entries.length > 0) return { kind: 'folder', path, entries };
  const message = `The trash has nothing of "${printable(options.path)}": "instashare trash" shows what it has`;
  throw new CliError(message, { code: 'file_not_found' });
}
