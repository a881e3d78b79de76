import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InstashareClient } from '@instashare/client/node';
import { joinPath } from '@instashare/contracts/rules';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { eachPath } from '../each-path.ts';
import { EXIT_USAGE } from '../exit-codes.ts';
import { formatBytes, printable } from '../format.ts';
import { createByteBar } from '../progress/byte-bar.ts';

export interface UploadOptions {
  readonly files: readonly string[];
  readonly to: string;
}

/** Uploads one file after the other; one that can't be is told and the rest goes on. */
export async function upload(context: CommandContext, options: UploadOptions): Promise<number> {
  requireTargetsOfTheirOwn(options);
  await using connection = await connect(context);
  const { client } = connection;
  // A server that is not there is told at once; one that goes away in the middle is waited for.
  await client.call((trpc) => trpc.users.me.query(undefined, { signal: context.signal }));
  return await eachPath(context, options.files, (file) =>
    uploadOne(context, client, { file, to: options.to }),
  );
}

const targetOf = (file: string, to: string): string => joinPath(to, basename(file)).normalize('NFC');

/** Of two files at one path only the later one would be seen again. */
function requireTargetsOfTheirOwn({ files, to }: UploadOptions): void {
  const fileByTarget = new Map<string, string>();
  for (const file of files) {
    const target = targetOf(file, to);
    const other = fileByTarget.get(target);
    fileByTarget.set(target, file);
    if (other === undefined) continue;
    const message = `${printable(other)} and ${printable(file)} would both become ${printable(target)}: upload them one by one, by --to into different folders`;
    throw new CliError(message, { code: 'usage', exitCode: EXIT_USAGE });
  }
}

/** Size of the file, so that the bar has an end. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((cause: unknown) => {
    const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw isGone
      ? new CliError(`${printable(file)}: there is no such file`, { code: 'ENOENT', cause })
      : cause;
  });
  if (found.isDirectory()) {
    throw new CliError(`${printable(file)} is a folder: use "instashare watch FOLDER --once"`);
  }
  return found.size;
}

async function uploadOne(
  context: CommandContext,
  client: InstashareClient,
  { file, to }: { readonly file: string; readonly to: string },
): Promise<void> {
  const { output, signal } = context;
  const path = targetOf(file, to);
  const totalBytes = await sizeOf(file);
  using bar = createByteBar(context, { name: printable(file), totalBytes });
  const outcome = await client.upload(file, { path, onProgress: bar.update, signal });
  bar[Symbol.dispose]();
  const { sizeBytes, sha256, id, version } = outcome.file;
  const known = outcome.alreadyStored ? ', was there already' : '';
  output.result(
    { event: 'uploaded', file, path, id, sizeBytes, sha256, version, alreadyStored: outcome.alreadyStored },
    `${printable(file)} → ${printable(path)} (${formatBytes(sizeBytes)}${known})`,
  );
}
