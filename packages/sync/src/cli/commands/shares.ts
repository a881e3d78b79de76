import { type InstashareClient, isInstashareError } from '@instashare/client/node';
import type { ListSharesResult, ShareDto } from '@instashare/contracts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { formatNumber, formatTime, printable } from '../format.ts';

/** Calls of one moment share a request: a page of links costs a few. */
const PAGE_SIZE = 100;

/** The id, how often it was used, until when it works, and what it shares. */
export async function listShares(context: CommandContext): Promise<void> {
  await using connection = await connect(context);
  const { client } = connection;
  const { output, signal } = context;
  let cursor: string | null = null;
  do {
    const input = { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    const page: ListSharesResult = await client.call((trpc) => trpc.shares.list.query(input, { signal }));
    const paths = await Promise.all(page.items.map((share) => findPath(client, share, signal)));
    for (const [index, share] of page.items.entries()) {
      const path = paths[index] ?? null;
      output.result({ event: 'share', path, ...share }, lineOf(context, share, path));
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** null for a file that is in the trash, and with a token that may not read. */
async function findPath(
  client: InstashareClient,
  { fileId, folder }: ShareDto,
  signal: AbortSignal,
): Promise<string | null> {
  if (fileId === null) return `${(folder ?? '').replace(/\/$/, '')}/`;
  try {
    return (await client.call((trpc) => trpc.files.get.query({ id: fileId }, { signal }))).path;
  } catch (error) {
    if (isInstashareError(error, 'file_not_found', 'insufficient_scope')) return null;
    throw error;
  }
}

function lineOf({ style }: CommandContext, share: ShareDto, path: string | null): string {
  const { id, downloads, maxDownloads, expiresAt, hasPassword } = share;
  const most = maxDownloads === null ? '' : ` of ${formatNumber(maxDownloads)}`;
  return [
    id,
    `${formatNumber(downloads)}${most}`.padStart(10),
    (expiresAt === null ? '' : `until ${formatTime(expiresAt)}`).padEnd(22),
    hasPassword ? 'password' : '        ',
    path === null ? style.dim(`the file ${share.fileId ?? ''}, which can't be seen`) : printable(path),
  ].join('  ');
}
