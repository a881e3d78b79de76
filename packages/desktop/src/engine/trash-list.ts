import { setTimeout as delay } from 'node:timers/promises';
import type { InstashareClient, InstashareError } from '@instashare/client';
import type { LiveEvent, TrashedFileDto } from '@instashare/contracts';
import { MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import type { TrashRow, TrashSort } from '../shared/trash-row.ts';
import { expectedFailure } from './file-list.ts';
import { byField, byPath, createRowIndex, type RowIndex } from './row-index.ts';

/** What is in the account's trash. Nothing is fetched before somebody looks, and then only what is new. */
export interface TrashList extends Disposable {
  readonly index: RowIndex<TrashRow, TrashSort>;
  readonly isComplete: boolean;
  /** Why it is not what the server has; null when it is, or is on its way. */
  readonly failure: InstashareError | null;
  /** Somebody looks at it. */
  look(): void;
  /** Something happened to a file; who looks is told of that as of any event. */
  readonly note: (event: LiveEvent) => void;
  /** What it has may be out of date. */
  readonly doubt: () => void;
  /** It has left the trash. */
  readonly remove: (id: string) => void;
}

export interface TrashListOptions {
  readonly client: Pick<InstashareClient, 'call'>;
  readonly onChange: () => void;
  readonly againAfterMs?: number;
}

const AGAIN_AFTER_MS = 3_000;

const createTrashIndex = () =>
  createRowIndex<TrashRow, TrashSort>({
    path: byPath,
    sizeBytes: byField(({ sizeBytes }) => sizeBytes),
    deletedAt: byField(({ deletedAt }) => deletedAt),
    purgedFrom: byField(({ purgedFrom }) => purgedFrom),
  });

interface TrashState {
  readonly index: TrashList['index'];
  /** What the index has: everything, everything but the newest, or who knows. */
  known: 'all' | 'but-newest' | 'nothing';
  isComplete: boolean;
  failure: InstashareError | null;
  /** It is fetched, or has just failed to be. */
  isBusy: boolean;
  /** What left the trash while it was fetched: a page may still have it. */
  readonly left: Set<string>;
}

export function createTrashList(options: TrashListOptions): TrashList {
  const stopping = new AbortController();
  const state: TrashState = {
    index: createTrashIndex(),
    known: 'nothing',
    isComplete: false,
    failure: null,
    isBusy: false,
    left: new Set(),
  };

  function remove(id: string): void {
    if (state.isBusy) state.left.add(id);
    state.index.remove(id);
  }

  return {
    index: state.index,
    get isComplete() {
      return state.isComplete;
    },
    get failure() {
      return state.failure;
    },
    look() {
      if (!state.isBusy && state.known !== 'all') void update(state, options, stopping.signal);
    },
    note(event) {
      if (event.kind === 'deleted' && state.known === 'all') state.known = 'but-newest';
      if (event.kind === 'restored' || event.kind === 'purged') remove(event.fileId);
    },
    doubt() {
      state.known = 'nothing';
    },
    remove,
    [Symbol.dispose]: () => stopping.abort(),
  };
}

async function update(state: TrashState, options: TrashListOptions, signal: AbortSignal): Promise<void> {
  const { onChange, againAfterMs = AGAIN_AFTER_MS } = options;
  state.isBusy = true;
  try {
    await fetchNews(state, options, signal);
    state.failure = null;
  } catch (error) {
    if (signal.aborted) return;
    state.failure = expectedFailure(error);
    state.known = 'nothing';
    onChange();
    await delay(againAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  state.isBusy = false;
  // Whoever still looks asks again, for what has come meanwhile.
  onChange();
}

async function fetchNews(
  state: TrashState,
  { client, onChange }: TrashListOptions,
  signal: AbortSignal,
): Promise<void> {
  const { index, left } = state;
  const isWhole = state.known === 'nothing';
  state.known = 'all';
  left.clear();
  const rows: TrashRow[] = [];
  for await (const page of pagesOf(client, signal)) {
    const isKnown = !isWhole && page.some(({ id, deletedAt }) => index.get(id)?.deletedAt === deletedAt);
    const fresh = page.filter(({ id }) => !left.has(id));
    rows.push(...fresh);
    // Whoever looks for the first time sees the newest at once.
    if (!isWhole || !state.isComplete) for (const row of fresh) index.put(row);
    onChange();
    if (isKnown) return;
  }
  index.replaceAll(rows.filter(({ id }) => !left.has(id)));
  state.isComplete = true;
}

/** The last deleted first. */
async function* pagesOf(
  client: TrashListOptions['client'],
  signal: AbortSignal,
): AsyncGenerator<TrashRow[], void, void> {
  let cursor: string | undefined;
  do {
    const page = { limit: MAX_PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const { items, nextCursor } = await client.call((trpc) => trpc.trash.list.query(page, { signal }));
    yield items.map(toTrashRow);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const toTrashRow = ({ id, path, sizeBytes, deletedAt, purgedFrom }: TrashedFileDto): TrashRow => ({
  id,
  path,
  sizeBytes,
  deletedAt,
  purgedFrom,
});
