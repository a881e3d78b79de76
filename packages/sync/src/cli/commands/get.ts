import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { InstashareClient } from '@instashare/client/node';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';
import { EXIT_OK, EXIT_USAGE } from '../exit-codes.ts';
import { findTarget } from '../find-file.ts';
import { printable } from '../format.ts';
import type { FileToGet } from '../get/download-file.ts';
import { findContent } from '../get/find-content.ts';
import { getFolder } from '../get/get-folder.ts';
import { getOneFile } from '../get/get-one-file.ts';
import { localPathIn } from '../get/local-name.ts';

export interface GetOptions {
  readonly paths: readonly string[];
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
  readonly version?: number | undefined;
  /** So many files at once. */
  readonly parallel: number;
}

/** Downloads files and folders, one path after the other; gives the exit code. */
export async function get(context: CommandContext, options: GetOptions): Promise<number> {
  requireSense(options);
  await using connection = await connect(context);
  const { client } = connection;
  const [path = ''] = options.paths;
  if (options.output === '-') {
    await print(context, client, { path, version: options.version });
    return EXIT_OK;
  }
  const place = await placeOf(options);
  return await eachPath(context, options.paths, (each) =>
    getPath(context, client, { ...options, place, path: each }),
  );
}

function requireSense({ paths, output, version }: GetOptions): void {
  if (paths.length === 1) return;
  const usage = (message: string) => new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  if (output === '-') throw usage('Only one file goes to standard output');
  if (version !== undefined) throw usage('--version goes with one file');
}

/** Where things go: into a folder under their own names, or to a name that was given. */
interface Place {
  readonly folder: string;
  readonly name: string | null;
  readonly isGiven: boolean;
}

/** Several need a folder, and so does an output that is one or ends as one. */
async function placeOf({ paths, output }: GetOptions): Promise<Place> {
  if (output === undefined) return { folder: '.', name: null, isGiven: false };
  const isInto = paths.length > 1 || /[/\\]$/.test(output) || (await isLocalFolder(output));
  return { folder: output, name: isInto ? null : output, isGiven: true };
}

function isLocalFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

type PathToGet = Pick<GetOptions, 'force' | 'parallel' | 'version'> & {
  readonly path: string;
  readonly place: Place;
};

async function getPath(context: CommandContext, client: InstashareClient, wanted: PathToGet): Promise<void> {
  const { path, place, parallel, version } = wanted;
  const isForced = wanted.force === true;
  const { signal } = context;
  const target = await findTarget(client, { path, signal });
  if (target.kind === 'file') {
    const { folder, name } = place;
    const content = await findContent(client, { file: target.file, version, signal });
    const to = name ?? localPathIn(folder, nameOf(target.path), process.platform);
    const makesFolder = name === null && place.isGiven;
    const file: FileToGet = { path: target.path, content, to, makesFolder, hasTwin: false };
    await getOneFile(context, client, { file, isForced });
    return;
  }
  if (version !== undefined) throw new CliError(`${printable(path)} is a folder: --version goes with a file`);
  if (target.path === '' && !place.isGiven) throw new CliError('Say by -o FOLDER where everything is to go');
  const to = place.isGiven ? place.folder : localPathIn('.', nameOf(target.path), process.platform);
  await getFolder(context, client, { path: target.path, to, isForced, parallel });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function print(
  { signal, stdout }: CommandContext,
  client: InstashareClient,
  { path, version }: { readonly path: string; readonly version: number | undefined },
): Promise<void> {
  const target = await findTarget(client, { path, signal });
  if (target.kind === 'folder')
    throw new CliError(`${printable(path)} is a folder: give one to put it into by -o`);
  const file = await findContent(client, { file: target.file, version, signal });
  for await (const block of client.readContent({ file, version: file.version, signal })) {
    if (!stdout.write(block)) await once(stdout, 'drain', { signal });
  }
}
