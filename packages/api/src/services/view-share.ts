import { buffer } from 'node:stream/consumers';
import type { FileRow, ServedVersionRow, ShareRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';
import { findSharedFile } from './find-shared-file.ts';
import { openFileContent } from './open-file-content.ts';

/** Text that is shown of a file. */
const SHOWN_TEXT_BYTES = 64 * 1024;
/** Files that one page of a folder lists. */
const LISTED_FILES = 500;

interface Limits {
  readonly expiresAt: Date | null;
  /** null: no limit. */
  readonly downloadsLeft: number | null;
}

export interface SharedFile extends Limits {
  readonly kind: 'file';
  readonly name: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** The beginning of a text; null where none is shown. */
  readonly text: string | null;
  /** False when each download counts: looking would be one. */
  readonly mayPreview: boolean;
}

export interface SharedFolder extends Limits {
  readonly kind: 'folder';
  readonly name: string;
  readonly files: readonly { readonly id: string; readonly path: string; readonly sizeBytes: number }[];
  /** Where the next page begins; null on the last one. */
  readonly nextAfter: string | null;
}

type Used = Pick<Dependencies, 'database' | 'objects'>;

/** What the page of a share shows. Nothing of its owner: of paths no more than what lies in what is shared. */
export async function viewShare(
  deps: Used,
  share: ShareRow,
  { after, signal }: { readonly after: string | null; readonly signal: AbortSignal },
): Promise<SharedFile | SharedFolder> {
  const { expiresAt, maxDownloads, downloads } = share;
  const limits = { expiresAt, downloadsLeft: maxDownloads === null ? null : maxDownloads - downloads };
  if (share.folder !== null)
    return { ...(await viewFolder(deps, share.folder, { share, after })), ...limits };
  const version = await findSharedFile(deps, share, null);
  const { sizeBytes, contentType, path } = version;
  const mayPreview = maxDownloads === null;
  const text = mayPreview && isText(contentType) ? await beginning(deps, version, signal) : null;
  return { kind: 'file', name: lastPart(path), sizeBytes, contentType, text, mayPreview, ...limits };
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const isText = (contentType: string): boolean => /^(?:text\/|application\/json\b)/i.test(contentType);

async function beginning(deps: Used, version: ServedVersionRow, signal: AbortSignal): Promise<string> {
  const lengthBytes = Math.min(version.sizeBytes, SHOWN_TEXT_BYTES);
  if (lengthBytes === 0) return '';
  const content = await openFileContent(deps, version, { offset: 0, lengthBytes, signal });
  return new TextDecoder().decode(await buffer(content));
}

async function viewFolder(
  { database }: Used,
  folder: string,
  { share, after }: { readonly share: ShareRow; readonly after: string | null },
): Promise<Omit<SharedFolder, keyof Limits>> {
  const found = await database.repositories.files.list(share.userId, {
    prefix: folder,
    status: null,
    afterPath: after === null ? null : `${folder}${after}`,
    limit: LISTED_FILES + 1,
  });
  // An empty page behind the last one is no folder that is gone.
  if (found.length === 0 && after === null) throw errors.shareNotFound();
  const files = found.slice(0, LISTED_FILES).map(({ id, path, sizeBytes }: FileRow) => ({
    id,
    path: path.slice(folder.length),
    sizeBytes,
  }));
  const nextAfter = found.length > LISTED_FILES ? (files.at(-1)?.path ?? null) : null;
  return { kind: 'folder', name: lastPart(folder.slice(0, -1)), files, nextAfter };
}
