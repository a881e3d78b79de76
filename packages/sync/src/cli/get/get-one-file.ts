import type { InstashareClient } from '@instashare/client/node';
import type { CommandContext } from '../context.ts';
import { formatBytes, printable } from '../format.ts';
import { createByteBar } from '../progress/byte-bar.ts';
import { downloadFile, type FileToGet } from './download-file.ts';

/** Downloads one file and says so. */
export async function getOneFile(
  context: CommandContext,
  client: InstashareClient,
  { file, isForced }: { readonly file: FileToGet; readonly isForced: boolean },
): Promise<void> {
  const { output, signal } = context;
  const { path, to, content } = file;
  const { sizeBytes, sha256, version } = content;
  using bar = createByteBar(context, { name: printable(path), totalBytes: sizeBytes });
  const got = await downloadFile(client, file, { isForced, onProgress: bar.update, signal });
  bar[Symbol.dispose]();
  const { resumedBytes, wasHere } = got;
  const resumed = resumedBytes === 0 ? '' : `, ${formatBytes(resumedBytes)} of them from before`;
  output.result(
    { event: 'downloaded', path, to, sizeBytes, sha256, version, wasHere, resumedBytes },
    wasHere
      ? `${printable(to)} has the content of ${printable(path)} already`
      : `${printable(path)} → ${printable(to)} (${formatBytes(sizeBytes)}${resumed}, verified)`,
  );
}
