import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { findFile } from '../find-file.ts';
import { formatCount, printable } from '../format.ts';
import { findTrashed } from '../restore/find-trashed.ts';
import { restoreTrashedFolder } from '../restore/restore-trashed-folder.ts';

export interface RestoreOptions {
  readonly paths: readonly string[];
  /** Of a file that is there; undefined: from the trash. */
  readonly version?: number | undefined;
  /** Another path for the one that comes back from the trash. */
  readonly to?: string | undefined;
}

/** Takes back what was deleted, or an older version of what is there. */
export async function restore(context: CommandContext, options: RestoreOptions): Promise<number> {
  const { paths, version, to } = options;
  if (to !== undefined && (version !== undefined || paths.length > 1)) {
    const message = '--to goes with one path, and not with --version';
    throw new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  }
  await using connection = await connect(context);
  const { client } = connection;
  return await eachPath(context, paths, (path) =>
    version === undefined
      ? restoreTrashed(context, client, { path, to })
      : restoreVersion(context, client, { path, version }),
  );
}

async function restoreVersion(
  { output, signal }: CommandContext,
  client: InstashareClient,
  { path, version }: { readonly path: string; readonly version: number },
): Promise<void> {
  const { id } = await findFile(client, { path, signal });
  const file = await client.call((trpc) => trpc.versions.restore.mutate({ id, version }, { signal }));
  output.result(
    { event: 'restored', kind: 'version', from: version, ...file },
    `${printable(file.path)} has the content of version ${version} again, as version ${file.version}`,
  );
}

async function restoreTrashed(
  context: CommandContext,
  client: InstashareClient,
  { path, to }: { readonly path: string; readonly to: string | undefined },
): Promise<void> {
  const { output, signal } = context;
  const found = await findTrashed(client, { path, signal });
  if (found.kind === 'folder') {
    if (to !== undefined) throw new CliError(`${printable(path)} is a folder: --to goes with a file`);
    const { files, taken } = await restoreTrashedFolder(client, found, signal);
    if (files > 0) {
      output.result(
        { event: 'restored', kind: 'folder', path: found.path, files },
        `${printable(found.path)}/: ${formatCount(files, 'file')} restored`,
      );
    }
    const [first] = taken;
    if (first === undefined) return;
    const message =
      `${formatCount(taken.length, 'file')} of ${printable(found.path)}/ stay in the trash: ` +
      `others have their paths (${printable(first)})`;
    throw new CliError(message, { code: 'path_taken' });
  }
  const file = await restoreFile(client, { id: found.id, path, to: to?.normalize('NFC'), signal });
  output.result({ event: 'restored', kind: 'file', ...file }, `${printable(file.path)} restored`);
}

interface FileToRestore {
  readonly id: string;
  readonly path: string;
  readonly to: string | undefined;
  readonly signal: AbortSignal;
}

async function restoreFile(client: InstashareClient, wanted: FileToRestore): Promise<FileDto> {
  const { id, path, to, signal } = wanted;
  const input = { id, ...(to === undefined ? {} : { path: to }) };
  try {
    return await client.call((trpc) => trpc.trash.restore.mutate(input, { signal }));
  } catch (error) {
    if (!isInstashareError(error, 'path_taken')) throw error;
    const free = error.suggestedPath ?? 'PATH';
    const message = `Another file is at "${printable(to ?? path)}": restore it by --to "${printable(free)}"`;
    throw new CliError(message, { code: error.code, cause: error });
  }
}
