import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { isFolder } from '../adapters/list-files.ts';
import { CliError } from './cli-error.ts';
import { printable } from './format.ts';

export interface PathOptions {
  /** As the person gave it. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/** What a path on the server names. A folder is written without the "/" at its end; '' is everything. */
export type Target =
  | { readonly kind: 'file'; readonly path: string; readonly file: FileDto }
  | { readonly kind: 'folder'; readonly path: string };

/**
 * What the path names: a folder when it ends in "/", else the file, and where there is none the folder. Rejects
 * with words for the person when there is nothing.
 */
export async function findTarget(client: InstashareClient, options: PathOptions): Promise<Target> {
  const { signal } = options;
  const given = options.path.normalize('NFC');
  const path = given.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  if (path === '') {
    if (given === '') throw new CliError('A path must not be empty: "/" is everything');
    return { kind: 'folder', path };
  }
  if (!given.endsWith('/')) {
    const file = await lookUp(client, { path, signal });
    if (file !== null) return { kind: 'file', path, file };
  }
  if (await isFolder(client, { folder: path, signal })) return { kind: 'folder', path };
  const what = given.endsWith('/') ? 'folder' : 'file or folder';
  throw notThere(what, options.path);
}

/** The file at a path. Rejects with words for the person when there is none. */
export async function findFile(client: InstashareClient, options: PathOptions): Promise<FileDto> {
  const path = options.path.normalize('NFC');
  const file = await lookUp(client, { path, signal: options.signal });
  if (file === null) throw notThere('file', options.path);
  return file;
}

const notThere = (what: string, path: string) =>
  new CliError(`There is no ${what} "${printable(path)}": "instashare ls" shows what there is`, {
    code: 'file_not_found',
  });

async function lookUp(client: InstashareClient, { path, signal }: PathOptions): Promise<FileDto | null> {
  try {
    return await client.call((trpc) => trpc.files.byPath.query({ path }, { signal }));
  } catch (error) {
    if (isInstashareError(error, 'file_not_found')) return null;
    throw error;
  }
}
