import { setTimeout as delay } from 'node:timers/promises';
import { type InstashareClient, type InstashareError, isInstashareError } from '@instashare/client/node';
import type { FileDto, LiveEvent } from '@instashare/contracts';
import { MAX_PAGE_SIZE } from '@instashare/contracts/rules';
import type { FileRow } from '../shared/file-row.ts';
import { createFileIndex, type FileIndex } from './file-index.ts';

/** The account's files, fetched once and then kept as the server's events tell. */
export interface FileList extends Disposable {
  readonly index: FileIndex;
  readonly isComplete: boolean;
  /** Why it is not, or no longer, what the server has; null when it is. */
  readonly failure: InstashareError | null;
  /** Connects anew, now: what was wrong may be mended. */
  hurry(): void;
}

export interface FileListOptions {
  readonly client: InstashareClient;
  readonly onChange: () => void;
  /** Whatever happens to the files, beside the list. */
  readonly onEvent: (event: LiveEvent) => void;
  /** Something may have happened that no event told of. */
  readonly onGap: () => void;
}

const AGAIN_AFTER_MS = 3_000;

export const toFileRow = (file: FileDto): FileRow => ({
  id: file.id,
  path: file.path,
  sizeBytes: file.sizeBytes,
  storedBytes: file.storedBytes,
  status: file.status,
  version: file.version,
  updatedAt: file.updatedAt,
});

export function createFileList({ client, onChange, onEvent, onGap }: FileListOptions): FileList {
  const stopping = new AbortController();
  const index = createFileIndex();
  let isComplete = false;
  let failure: InstashareError | null = null;
  let hurrying = new AbortController();

  function setFailure(next: InstashareError | null): void {
    if (failure === next) return;
    failure = next;
    onChange();
  }

  /** Events first, so that nothing falls between the list and the first of them. */
  async function follow(signal: AbortSignal): Promise<void> {
    let isListed = false;
    for await (const event of client.events({ signal, onInterruption: setFailure })) {
      if (!isListed) {
        index.replaceAll(await fetchAll(client, signal));
        isListed = true;
        isComplete = true;
        onGap();
        onChange();
      }
      setFailure(null);
      onEvent(event);
      if (apply(index, event)) onChange();
    }
  }

  async function run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      hurrying = new AbortController();
      const signal = AbortSignal.any([stopped, hurrying.signal]);
      await follow(signal).catch((error: unknown) => {
        if (!signal.aborted) setFailure(expectedFailure(error));
      });
      await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  void run(stopping.signal);
  return {
    index,
    get isComplete() {
      return isComplete;
    },
    get failure() {
      return failure;
    },
    hurry: () => hurrying.abort(),
    [Symbol.dispose]: () => stopping.abort(),
  };
}

/** Throws on what is a bug. */
export function expectedFailure(error: unknown): InstashareError {
  if (!isInstashareError(error)) throw error;
  return error;
}

async function fetchAll(client: InstashareClient, signal: AbortSignal): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  let cursor: string | undefined;
  do {
    const page = { limit: MAX_PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const { items, nextCursor } = await client.call((trpc) => trpc.files.list.query(page, { signal }));
    for (const file of items) rows.push(toFileRow(file));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

/** True when the list is another one now. */
function apply(index: FileIndex, event: LiveEvent): boolean {
  if (event.kind === 'progress' || event.kind === 'cursor') return false;
  if (event.file === null) index.remove(event.fileId);
  else index.put(toFileRow(event.file));
  return true;
}
