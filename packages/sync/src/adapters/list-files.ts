import type { InstashareClient } from '@instashare/client/node';
import type {
  FileDto,
  FileStatus,
  ListFilesResult,
  ListTrashResult,
  TrashedFileDto,
} from '@instashare/contracts';
import { MAX_PAGE_SIZE } from '@instashare/contracts/rules';

export interface ListOptions {
  /** Only paths that start with it. */
  readonly prefix?: string | undefined;
  readonly status?: FileStatus | undefined;
  readonly signal: AbortSignal;
}

/** Files in the order of their paths, page by page, however many there are. */
export async function* listFiles(
  client: InstashareClient,
  { prefix, status, signal }: ListOptions,
): AsyncGenerator<FileDto> {
  const wanted = {
    limit: MAX_PAGE_SIZE,
    ...(prefix === undefined ? {} : { prefix: prefix.normalize('NFC') }),
    ...(status === undefined ? {} : { status }),
  };
  let cursor: string | null = null;
  do {
    signal.throwIfAborted();
    const input = { ...wanted, ...(cursor === null ? {} : { cursor }) };
    const page: ListFilesResult = await client.call((trpc) => trpc.files.list.query(input, { signal }));
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** What is in the trash, the last deleted first. */
export async function* listTrashed(
  client: InstashareClient,
  { prefix, signal }: Omit<ListOptions, 'status'>,
): AsyncGenerator<TrashedFileDto> {
  const start = prefix?.normalize('NFC') ?? '';
  let cursor: string | null = null;
  do {
    signal.throwIfAborted();
    const input = { limit: MAX_PAGE_SIZE, ...(cursor === null ? {} : { cursor }) };
    const page: ListTrashResult = await client.call((trpc) => trpc.trash.list.query(input, { signal }));
    for (const file of page.items) if (file.path.startsWith(start)) yield file;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** True when there is a file in the folder, however deep. */
export async function isFolder(
  client: InstashareClient,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const input = { prefix: `${folder}/`, limit: 1 };
  const { items } = await client.call((trpc) => trpc.files.list.query(input, { signal }));
  return items.length > 0;
}
