import type { ExportedVersionRow, ExportPlace } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
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
  const account = { type: 'account', id, email, name, quotaBytes, usedBytes, createdAt };
  return toLines(parts(deps, principal, account));
}

async function* parts(
  deps: Used,
  principal: SessionPrincipal,
  account: Readonly<Record<string, unknown>>,
): AsyncGenerator<readonly object[], undefined> {
  const { userId } = principal;
  yield [account];
  yield* pages('session', (page) => listSessions(deps, principal, page));
  yield* pages('token', (page) => listTokens(deps, userId, page));
  yield* pages('share', (page) => listShares(deps, userId, page));
  yield* pages('webhook', (page) => listWebhooks(deps, userId, page));
  yield* versions((page) => deps.database.repositories.exports.versions(userId, page));
  yield* pages('audit_event', (page) => listAudit(deps, userId, page));
}

interface ListedPage {
  readonly items: readonly object[];
  readonly nextCursor: string | null;
}

async function* pages(
  type: string,
  list: (page: { cursor?: string; limit: number }) => Promise<ListedPage>,
): AsyncGenerator<readonly object[], undefined> {
  let cursor: string | null = null;
  do {
    const page: ListedPage = await list({ ...(cursor === null ? {} : { cursor }), limit: PAGE_SIZE });
    yield page.items.map((item) => ({ type, ...item }));
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* versions(
  list: (page: { after: ExportPlace | null; limit: number }) => Promise<ExportedVersionRow[]>,
): AsyncGenerator<readonly object[], undefined> {
  let after: ExportPlace | null = null;
  do {
    const page: ExportedVersionRow[] = await list({ after, limit: PAGE_SIZE });
    yield page.map(toLine);
    after = page.length === PAGE_SIZE ? (page.at(-1) ?? null) : null;
  } while (after !== null);
}

/** Where the bytes lie is ours to know; they are downloaded by the file's id and the version's number. */
const toLine = ({
  blobId: _blobId,
  objectKey: _objectKey,
  objectOffset: _objectOffset,
  ...version
}: ExportedVersionRow) => ({ type: 'version', ...version });

async function* toLines(
  all: AsyncGenerator<readonly object[], undefined>,
): AsyncGenerator<Buffer, undefined> {
  let lines = 0;
  for await (const part of all) {
    lines += part.length;
    if (part.length > 0) yield Buffer.from(part.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  yield Buffer.from(`${JSON.stringify({ type: 'end', lines })}\n`);
}
