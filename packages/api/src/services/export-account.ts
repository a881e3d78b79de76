import type { ExportedVersionRow, ExportPlace } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { ExportLine } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { listAudit } from './list-audit.ts';
import { listSessions } from './list-sessions.ts';
import { listShares } from './list-shares.ts';
import { listTokens } from './list-tokens.ts';
import { listWebhooks } from './list-webhooks.ts';
import { recordAudit } from './record-audit.ts';

type Used = Pick<Dependencies, 'database' | 'newId' | 'now'>;

const PAGE_SIZE = 500;

/**
 * What is known of an account, as lines of JSON, each with its `type`: the account, its sessions, tokens, shares and webhooks
 * (without their secrets), every version of every file, the audit trail, and at last `end` with the number of lines before it,
 * by which a reader knows that nothing is missing. Page by page, whatever there is: it is no picture of one moment,
 * but what is there all the time is in it once.
 */
export async function exportAccount(
  deps: Used,
  principal: SessionPrincipal,
): Promise<AsyncGenerator<Buffer, undefined>> {
  const { users } = deps.database.repositories;
  const user = await users.find(principal.userId);
  if (user === null) throw errors.sessionEnded();
  await recordAudit(deps, deps.database.repositories, { actor: principal, kind: 'account_exported' });
  const { id, email, name, quotaBytes, usedBytes, createdAt } = user;
  const account = { type: 'account', id, email, name, quotaBytes, usedBytes } as const;
  const first = { ...account, createdAt: createdAt.toISOString() };
  return toLines(parts(deps, principal, first));
}

async function* parts(
  deps: Used,
  principal: SessionPrincipal,
  first: ExportLine,
): AsyncGenerator<readonly ExportLine[], undefined> {
  const { userId } = principal;
  yield [first];
  yield* pages(
    (page) => listSessions(deps, principal, page),
    (session) => ({ type: 'session', ...session }),
  );
  yield* pages(
    (page) => listTokens(deps, userId, page),
    (token) => ({ type: 'token', ...token }),
  );
  yield* pages(
    (page) => listShares(deps, userId, page),
    (share) => ({ type: 'share', ...share }),
  );
  yield* pages(
    (page) => listWebhooks(deps, userId, page),
    (webhook) => ({ type: 'webhook', ...webhook }),
  );
  yield* versions((page) => deps.database.repositories.exports.versions(userId, page));
  yield* pages(
    (page) => listAudit(deps, userId, page),
    (event) => ({ type: 'audit_event', ...event }),
  );
}

interface ListedPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

async function* pages<Item>(
  list: (page: { cursor?: string; limit: number }) => Promise<ListedPage<Item>>,
  toLine: (item: Item) => ExportLine,
): AsyncGenerator<readonly ExportLine[], undefined> {
  let cursor: string | null = null;
  do {
    const page: ListedPage<Item> = await list({
      ...(cursor === null ? {} : { cursor }),
      limit: PAGE_SIZE,
    });
    yield page.items.map(toLine);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* versions(
  list: (page: { after: ExportPlace | null; limit: number }) => Promise<ExportedVersionRow[]>,
): AsyncGenerator<readonly ExportLine[], undefined> {
  let after: ExportPlace | null = null;
  do {
    const page: ExportedVersionRow[] = await list({ after, limit: PAGE_SIZE });
    yield page.map(toVersionLine);
    after = page.length === PAGE_SIZE ? (page.at(-1) ?? null) : null;
  } while (after !== null);
}

/** Where the bytes lie is ours to know; they are downloaded by the file's id and the version's number. */
const toVersionLine = ({
  blobId: _blobId,
  objectKey: _objectKey,
  objectOffset: _objectOffset,
  ...version
}: ExportedVersionRow): ExportLine => ({
  type: 'version',
  ...version,
  deletedAt: version.deletedAt?.toISOString() ?? null,
  modifiedAt: version.modifiedAt?.toISOString() ?? null,
  createdAt: version.createdAt.toISOString(),
});

async function* toLines(
  all: AsyncGenerator<readonly ExportLine[], undefined>,
): AsyncGenerator<Buffer, undefined> {
  let lines = 0;
  for await (const part of all) {
    lines += part.length;
    if (part.length > 0) yield Buffer.from(part.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  const end: ExportLine = { type: 'end', lines };
  yield Buffer.from(`${JSON.stringify(end)}\n`);
}
