import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import { joinPath } from '@instashare/contracts/rules';
import { isFolder } from '../../adapters/list-files.ts';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { findTarget, type Target } from '../find-file.ts';
import { formatCount, printable } from '../format.ts';

export interface MoveOptions {
  readonly from: string;
  readonly to: string;
}

/** Moves a file or a folder: into TO when that is a folder or ends in "/", else to TO as its new name. */
export async function move(context: CommandContext, options: MoveOptions): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  const target = await findTarget(client, { path: options.from, signal });
  if (target.path === '') throw new CliError('Everything can not be moved: name a folder');
  const to = await destinationOf(client, { target, to: options.to, signal });
  const files = await moveTarget(client, { target, to, signal });
  const what = target.kind === 'file' ? '' : ` (${formatCount(files, 'file')})`;
  output.result(
    { event: 'moved', kind: target.kind, from: target.path, to, files },
    `${printable(target.path)} → ${printable(to)}${what}`,
  );
}

interface Destination {
  readonly target: Target;
  readonly to: string;
  readonly signal: AbortSignal;
}

async function destinationOf(client: InstashareClient, { target, to, signal }: Destination): Promise<string> {
  const given = to.normalize('NFC');
  const path = given.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  if (path === '') {
    if (given === '') throw new CliError('TO must not be empty: "/" is the root of the account');
    return name;
  }
  // A folder that gets itself as its new name stays what it is.
  if (target.kind === 'folder' && path === target.path) return path;
  const isInto =
    (given.endsWith('/') && target.kind === 'file') || (await isFolder(client, { folder: path, signal }));
  return isInto ? joinPath(path, name) : path;
}

/** How many files were moved. */
async function moveTarget(client: InstashareClient, { target, to, signal }: Destination): Promise<number> {
  try {
    if (target.kind === 'file') {
      const input = { id: target.file.id, path: to };
      await client.call((trpc) => trpc.files.move.mutate(input, { signal }));
      return 1;
    }
    const { files } = await client.call((trpc) =>
      trpc.folders.move.mutate({ from: target.path, to }, { signal }),
    );
    return files;
  } catch (error) {
    if (!isInstashareError(error, 'path_taken') || error.suggestedPath === undefined) throw error;
    const message = `Another file is at "${printable(to)}"; "${printable(error.suggestedPath)}" is free`;
    throw new CliError(message, { code: error.code, cause: error });
  }
}
