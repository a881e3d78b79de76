import type { InstashareClient } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { CliError } from '../cli-error.ts';
import { printable } from '../format.ts';
import type { FileToGet } from './download-file.ts';

export interface WantedContent {
  readonly file: FileDto;
  /** undefined: the current one. */
  readonly version: number | undefined;
  readonly signal: AbortSignal;
}

/** The content of a version of a file. Rejects with words for the person when there is no such version. */
export async function findContent(
  client: InstashareClient,
  { file, version, signal }: WantedContent,
): Promise<FileToGet['content']> {
  if (version === undefined || version === file.version) return file;
  const input = { id: file.id, before: version + 1, limit: 1 };
  const { items } = await client.call((trpc) => trpc.versions.list.query(input, { signal }));
  const [found] = items;
  if (found?.number !== version) {
    const message = `${printable(file.path)} has no version ${version}: "instashare versions" lists those it has`;
    throw new CliError(message, { code: 'version_not_found' });
  }
  const { sha256, sizeBytes, modifiedAt } = found;
  return { id: file.id, version, sha256, sizeBytes, modifiedAt };
}
