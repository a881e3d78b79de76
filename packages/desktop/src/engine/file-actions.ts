import { filePathProblem, MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import { AppFailure } from '../shared/app-failure.ts';
import type { VersionRow } from '../shared/engine-procedures.ts';
import type { FileRow } from '../shared/file-row.ts';
import type { Account } from './account.ts';
import { toFileRow } from './file-list.ts';

export async function moveFile(
  { client, files }: Account,
  input: { readonly id: string; readonly path: string },
): Promise<FileRow> {
  const path = input.path.normalize('NFC');
  const problem = filePathProblem(path);
  if (problem !== null) throw new AppFailure({ code: 'invalid_input', message: `The path ${problem}` });
  const moved = toFileRow(await client.call((trpc) => trpc.files.move.mutate({ id: input.id, path })));
  files.index.put(moved);
  return moved;
}

/** Puts files into the trash; gives those that it could, which is all but those that are gone already. */
export async function deleteFiles({ client, files }: Account, ids: readonly string[]): Promise<string[]> {
  const input = { files: ids.map((id) => ({ id })) };
  const { results } = await client.call((trpc) => trpc.files.deleteMany.mutate(input));
  const deleted = results.flatMap((result) => ('error' in result ? [] : [result.id]));
  for (const id of deleted) files.index.remove(id);
  const refused = results.find((result) => 'error' in result);
  if (deleted.length === 0 && refused !== undefined) throw new AppFailure(refused.error);
  return deleted;
}

export async function undeleteFiles({ client, files }: Account, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const restored = await client.call((trpc) => trpc.trash.restore.mutate({ id }));
    files.index.put(toFileRow(restored));
  }
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
