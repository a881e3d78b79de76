import type { Database, FailedBlobRow } from '@instashare/backend/database';
import { type BlobToCompress, batchBlobs } from '@instashare/backend/queue';
import { EXIT, UsageError } from '../admin-error.ts';
import { formatBytes } from '../bytes.ts';
import { type AdminCommand, textOption } from '../context.ts';
import { describeVersions } from '../describe-versions.ts';
import { requireAccount } from './users.ts';

const PAGE = 500;

/** `retry [--user EMAIL] [--all | ID…]` */
export const retry: AdminCommand = async (context, { positionals, options }) => {
  const isAll = options['all'] === true;
  if (isAll && positionals.length > 0) throw new UsageError('Either --all, or the ids of some.');
  const database = await context.openDatabase();
  const email = textOption(options, 'user');
  const userId = email === undefined ? null : (await requireAccount(database, email)).id;
  const isRetry = isAll || positionals.length > 0;
  const queue = isRetry ? await context.openQueue() : null;
  const wanted = new Set(positionals.map((id) => id.toLowerCase()));
  let found = 0;
  for await (const page of failedPages(database, userId, context.signal)) {
    const chosen = page.filter(({ id }) => positionals.length === 0 || wanted.delete(id));
    found += chosen.length;
    const retried: BlobToCompress[] = [];
    for (const blob of chosen) {
      const again = isRetry ? await tryAgain(database, blob.id, context.now()) : null;
      if (again !== null) retried.push(again);
      if (!isRetry || again !== null) context.report(...toReport(blob, isRetry));
    }
    for (const { blobIds, priority } of batchBlobs(retried))
      await queue?.enqueue('compress-blobs', { blobIds }, { priority });
  }
  for (const id of wanted)
    context.report({ event: 'not-failed', id }, `${id}: nothing with this id has failed`);
  if (found === 0 && wanted.size === 0) context.report({ event: 'none-failed' }, 'Nothing has failed.');
  return wanted.size === 0 ? EXIT.done : EXIT.notWell;
};

async function* failedPages(
  database: Database,
  userId: string | null,
  signal: AbortSignal,
): AsyncGenerator<readonly FailedBlobRow[]> {
  let afterId: string | null = null;
  do {
    signal.throwIfAborted();
    const page: readonly FailedBlobRow[] = await database.repositories.admin.listFailed(afterId, {
      userId,
      limit: PAGE,
    });
    yield page;
    afterId = page.length === PAGE ? (page.at(-1)?.id ?? null) : null;
  } while (afterId !== null);
}

/** As the api does when its owner asks: the blob counts as stored again, and its files have news. */
function tryAgain(database: Database, blobId: string, now: Date): Promise<BlobToCompress | null> {
  return database.transaction(async ({ blobs, changes, files }) => {
    const retried = await blobs.retryFailed(blobId, now);
    if (retried === null) return null;
    const uses = await files.withContent([blobId]);
    const [first] = uses;
    if (first !== undefined) {
      const news = uses.map(({ fileId, versionId }) => ({ fileId, versionId, kind: 'updated' as const }));
      await changes.record(first.userId, news, 0);
    }
    return retried;
  });
}

const toReport = ({ versions, ...blob }: FailedBlobRow, isRetry: boolean) =>
  [
    { event: isRetry ? 'retried' : 'failed', ...blob, versions },
    `${isRetry ? 'tried again: ' : ''}${blob.id}  ${blob.email}  ${formatBytes(blob.sizeBytes)}  ` +
      `${describeVersions(versions)}\n  ${blob.failure}`,
  ] as const;
