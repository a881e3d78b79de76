import type { ListVersionsResult, VersionDto } from '@instashare/contracts';
import { MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { findFile } from '../find-file.ts';
import { formatBytes, formatTime } from '../format.ts';

/** The versions of a file: number, size, when it came, state and sha256. */
export async function listVersions(context: CommandContext, path: string): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  const file = await findFile(client, { path, signal });
  let before: number | null = null;
  do {
    const input = { id: file.id, limit: MAX_PAGE_SIZE, ...(before === null ? {} : { before }) };
    const page: ListVersionsResult = await client.call((trpc) => trpc.versions.list.query(input, { signal }));
    for (const version of page.items) {
      output.result({ event: 'version', path: file.path, ...version }, lineOf(context, version));
    }
    before = page.nextBefore;
  } while (before !== null);
}

function lineOf({ style }: CommandContext, version: VersionDto): string {
  const { number, isCurrent, sizeBytes, status, createdAt, sha256 } = version;
  const columns = [
    `${String(number).padStart(4)}${isCurrent ? '*' : ' '}`,
    formatBytes(sizeBytes).padStart(8),
    status === 'failed' ? style.red('failed') : status.padEnd(6),
    formatTime(createdAt),
    sha256.slice(0, 16),
  ];
  return isCurrent ? style.bold(columns.join('  ')) : columns.join('  ');
}
