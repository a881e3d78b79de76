import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { InstashareClient } from '@instashare/client/node';
import { joinPath } from '@instashare/contracts';
import { describeFailure } from '../../model/failure.ts';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../exit-codes.ts';
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
  // A server that is not there is told at once; one that goes away in the middle is waited for.
  await connection.client.call((trpc) => trpc.users.me.query(undefined, { signal: context.signal }));
  let failed = 0;
  for (const file of options.files) {
    try {
      await uploadOne(context, connection.client, { file, to: options.to });
    } catch (error) {
      if (context.signal.aborted || isForAll(error)) throw error;
      failed += 1;
      const { code, message } = describeFailure(error);
      context.output.error({
        code,
        message: `${printable(file)}: ${code === 'ENOENT' ? 'there is no such file' : message}`,
      });
    }
  }
  return failed === 0 ? EXIT_OK : EXIT_FAILED;
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

/** What fails for one reason that concerns every file is told once. */
function isForAll(error: unknown): boolean {
  return isInstashareError(error, 'network', 'bad_response', 'unauthenticated', 'session_ended');
}

/** Size of the file, so that the bar has an end. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file);
  if (found.isDirectory()) throw new CliError('is a folder: use "instashare watch FOLDER --once"');
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
  const outcome = await client.uploadFile(file, { path, onProgress: bar.update, signal });
  bar[Symbol.dispose]();
  const { sizeBytes, sha256, id, version } = outcome.file;
  const known = outcome.alreadyStored ? ', was there already' : '';
  output.result(
    { event: 'uploaded', file, path, id, sizeBytes, sha256, version, alreadyStored: outcome.alreadyStored },
    `${printable(file)} → ${printable(path)} (${formatBytes(sizeBytes)}${known})`,
  );
}
