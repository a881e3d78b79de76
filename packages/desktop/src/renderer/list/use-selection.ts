import { useRef, useState } from 'react';
import type { RowRange } from '../../shared/row-window.ts';
import { messageOf } from '../lib/bridge.ts';
import { useToast } from '../ui/toast-context.ts';

export interface Selection<R> {
  readonly ids: ReadonlySet<string>;
  readonly has: (id: string) => boolean;
  /** The row that was selected last, if that is known: of a long list the page has only what is in view. */
  readonly last: R | undefined;
  /** Only this one. */
  readonly only: (row: R) => void;
  /** Only the one at this place, which may not be in view. */
  readonly onlyAt: (index: number) => void;
  readonly toggle: (row: R) => void;
  /** All from the one that was selected last by itself to this place. */
  readonly extendTo: (index: number) => void;
  /** All that match. */
  readonly all: () => void;
  /** Without these: they are gone. */
  readonly drop: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** `ask`: the ids of a range, from whoever has the whole list. */
export function useSelection<R extends { readonly id: string }>(
  ask: (range: RowRange) => Promise<readonly string[]>,
): Selection<R> {
  const toast = useToast();
  const [ids, setIds] = useState(NONE);
  const [last, setLast] = useState<R>();
  const anchor = useRef<string | number>(0);
  /** Counts: an answer that comes after something newer was selected is not wanted any more. */
  const turn = useRef(0);

  function begin(from: string | number, row?: R): number {
    anchor.current = from;
    setLast(row);
    turn.current += 1;
    return turn.current;
  }
  async function take(range: RowRange): Promise<void> {
    turn.current += 1;
    const mine = turn.current;
    const found = await ask(range);
    if (mine === turn.current) setIds(new Set(found));
  }
  const select = (range: RowRange): void =>
    void take(range).catch((error: unknown) => toast({ text: messageOf(error), isError: true }));

  return {
    ids,
    last,
    has: (id) => ids.has(id),
    only(row) {
      begin(row.id, row);
      setIds(new Set([row.id]));
    },
    onlyAt(index) {
      begin(index);
      select({ from: index, to: index });
    },
    toggle(row) {
      begin(row.id, row);
      setIds((before) => (before.has(row.id) ? without(before, [row.id]) : new Set([...before, row.id])));
    },
    extendTo: (index) => select({ from: anchor.current, to: index }),
    all: () => select({ from: 0, to: Number.MAX_SAFE_INTEGER }),
    drop: (gone) => setIds((before) => without(before, gone)),
    clear() {
      begin(0);
      setIds(NONE);
    },
  };
}

function without(ids: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  const left = new Set(ids);
  for (const id of gone) left.delete(id);
  return left;
}
