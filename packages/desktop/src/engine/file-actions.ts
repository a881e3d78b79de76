import { filePathProblem, MAX_BATCH_FILES, MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import { AppFailure, messageOf } from '../shared/app-failure.ts';
import type { VersionRow } from '../shared/engine-procedures.ts';
import type { FileRow } from '../shared/file-row.ts';
import type { Account } from './account.ts';
import { toFileRow } from './file-list.ts';

/** As the server takes it. */
export function checkedPath(typed: string): string {
  const path = typed.normalize('NFC');
  const problem = filePathProblem(path);
  if (problem !== null) throw new AppFailure({ code: 'invalid_input', message: `The path ${problem}` });
  return path;
}

export async function moveFile(
  { client, files }: Account,
  input: { readonly id: string; readonly path: string },
): Promise<FileRow> {
  const path = checkedPath(input.path);
  const moved = toFileRow(await client.call((trpc) => trpc.files.move.mutate({ id: input.id, path })));
  files.index.put(moved);
  return moved;
}

/**
 * Puts files into the trash; gives those that it could, which is all but those that are gone already, and why it went no
 * further if it did not. Rejects when it could none.
 */
export async function deleteFiles(
  { client, files }: Account,
  ids: readonly string[],
): Promise<{ deleted: string[]; failure: string | null }> {
  const deleted: string[] = [];
  let refused: AppFailure | null = null;
  for (let at = 0; at < ids.length; at += MAX_BATCH_FILES) {
    const input = { files: ids.slice(at, at + MAX_BATCH_FILES).map((id) => ({ id })) };
    try {
      const { results } = await client.call((trpc) => trpc.files.deleteMany.mutate(input));
      for (const result of results) {
        if ('error' in result) {
          refused ??= new AppFailure(result.error);
          continue;
        }
        deleted.push(result.id);
        files.index.remove(result.id);
      }
    } catch (error) {
      if (deleted.length === 0) throw error;
      return { deleted, failure: messageOf(error) };
    }
  }
  if (deleted.length === 0 && refused !== null) throw refused;
  return { deleted, failure: null };
}

export async function listVersions({ client }: Account, id: string): Promise<VersionRow[]> {
  const { items } = await client.call((trpc) => trpc.versions.list.query({ id, limit: MAX_PAGE_SIZE }));
  return items.map(({ number, isCurrent, sizeBytes, createdAt }) => ({
    number,
    isCurrent,
    sizeBytes,
    createdAt,
  }));
}

export async function restoreVersion(
  { client, files }: Account,
  input: { readonly id: string; readonly version: number },
): Promise<void> {
  files.index.put(toFileRow(await client.call((trpc) => trpc.versions.restore.mutate(input))));
}

const DAY_MS = 24 * 60 * 60 * 1000;

export async function shareFile(
  { client }: Account,
  { id, expiresInDays }: { readonly id: string; readonly expiresInDays: number | null },
): Promise<{ url: string }> {
  const expiresAt =
    expiresInDays === null ? undefined : new Date(Date.now() + expiresInDays * DAY_MS).toISOString();
  const input = { fileId: id, ...(expiresAt === undefined ? {} : { expiresAt }) };
  const { url } = await client.call((trpc) => trpc.shares.create.mutate(input));
  return { url };
}
