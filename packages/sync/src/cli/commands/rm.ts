import type { InstashareClient } from '@instashare/client/node';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';
import { findTarget, type Target } from '../find-file.ts';
import { formatCount, printable } from '../format.ts';

export interface RemoveOptions {
  readonly paths: readonly string[];
  readonly isRecursive: boolean;
}

/** Puts files, and with `isRecursive` folders, into the trash. */
export async function remove(context: CommandContext, options: RemoveOptions): Promise<number> {
  await using connection = await connect(context);
  const { client } = connection;
  return await eachPath(context, options.paths, async (path) => {
    const target = await findTarget(client, { path, signal: context.signal });
    if (target.kind === 'file') await removeFile(context, client, target);
    else await removeFolder(context, client, { ...target, isRecursive: options.isRecursive });
  });
}

async function removeFile(
  { output, signal }: CommandContext,
  client: InstashareClient,
  { path, file }: Extract<Target, { kind: 'file' }>,
): Promise<void> {
  const { deletedAt } = await client.call((trpc) => trpc.files.delete.mutate({ id: file.id }, { signal }));
  output.result(
    { event: 'deleted', kind: 'file', path, id: file.id, deletedAt, files: 1 },
    `${printable(path)} is in the trash: "instashare restore ${quoted(path)}" takes it back`,
  );
}

async function removeFolder(
  { output, signal }: CommandContext,
  client: InstashareClient,
  { path, isRecursive }: { readonly path: string; readonly isRecursive: boolean },
): Promise<void> {
  if (path === '') throw new CliError('Not everything at once: name the folders and files to delete');
  if (!isRecursive) throw new CliError(`${printable(path)} is a folder: use -r to delete all that is in it`);
  const { files, deletedAt } = await client.call((trpc) => trpc.folders.delete.mutate({ path }, { signal }));
  output.result(
    { event: 'deleted', kind: 'folder', path, deletedAt, files },
    `${printable(path)}/ (${formatCount(files, 'file')}) is in the trash: ` +
      `"instashare restore ${quoted(`${path}/`)}" takes it back`,
  );
}

/** For a shell, where it needs it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/u.test(path) ? path : `'${printable(path).replaceAll("'", String.raw`'\''`)}'`;
}
