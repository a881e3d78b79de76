import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { InstashareClient } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { CliError } from '../cli-error.ts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatBytes, printable } from '../format.ts';
import { createByteBar } from '../progress/byte-bar.ts';

export interface GetOptions {
  readonly path: string;
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
}

export async function get(context: CommandContext, options: GetOptions): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const file = await findFile(client, options.path.normalize('NFC'));
  if (options.output === '-') {
    await print(context, client, file);
    return;
  }
  const to = await targetOf(file, options.output);
  using bar = createByteBar(context, { name: printable(file.path), totalBytes: file.sizeBytes });
  const { resumedBytes } = await client
    .download({ file, to, overwrite: options.force === true, onProgress: bar.update, signal: context.signal })
    .catch((error: unknown) => {
      throw isInstashareError(error, 'target_exists')
        ? new CliError(`${to} exists: choose another name by -o, or replace it by --force`, {
            code: error.code,
          })
        : error;
    });
  bar[Symbol.dispose]();
  const resumed = resumedBytes === 0 ? '' : `, ${formatBytes(resumedBytes)} of them from before`;
  context.output.result(
    {
      event: 'downloaded',
      path: file.path,
      to,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      resumedBytes,
    },
    `${printable(file.path)} → ${printable(to)} (${formatBytes(file.sizeBytes)}${resumed}, verified)`,
  );
}

async function findFile(client: InstashareClient, path: string): Promise<FileDto> {
  try {
    return await client.call((trpc) => trpc.files.byPath.query({ path }));
  } catch (error) {
    if (!isInstashareError(error, 'file_not_found')) throw error;
    const message = `There is no file "${printable(path)}": "instashare ls" shows what there is`;
    throw new CliError(message, { code: error.code });
  }
}

async function targetOf(file: FileDto, output: string | undefined): Promise<string> {
  const name = basename(file.path);
  if (output === undefined) return name;
  const isFolder = await stat(output).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(output, name) : output;
}

async function print(context: CommandContext, client: InstashareClient, file: FileDto): Promise<void> {
  const { signal, stdout } = context;
  for await (const block of client.readContent({ file, signal })) {
    if (!stdout.write(block)) await once(stdout, 'drain', { signal });
  }
}
