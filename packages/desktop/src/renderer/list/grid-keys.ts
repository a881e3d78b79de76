import type { KeyboardEvent } from 'react';
import type { Selection } from './use-selection.ts';

export interface Grid<R> {
  /** Whether the rows are what is asked for: of others none may be chosen, nor anything be done by keys. */
  readonly isCurrent: boolean;
  readonly active: number;
  readonly total: number;
  readonly rowAt: (index: number) => R | undefined;
  readonly selection: Selection<R>;
  readonly onOpen?: ((row: R) => void) | undefined;
  readonly onMove: (index: number) => void;
  /** Whether a key was one of a tool. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

const isCommand = ({ ctrlKey, metaKey }: KeyboardEvent): boolean => ctrlKey || metaKey;
const isForAll = (event: KeyboardEvent): boolean => event.key.toLowerCase() === 'a' && isCommand(event);

/**
 * Arrows move and select, with Shift they select all on the way, with Ctrl they only move; the space bar adds and takes
 * away, Ctrl+A selects all that match, Escape none; Enter opens.
 */
export function handleGridKey<R>(grid: Grid<R>, event: KeyboardEvent): void {
  if (!grid.isCurrent) {
    // The page's own: all text.
    if (isForAll(event)) event.preventDefault();
    return;
  }
  const isOwn = event.target === event.currentTarget;
  if (move(grid, event) || (isOwn && (act(grid, event) || grid.onKey(event)))) event.preventDefault();
}

function move<R>({ active, total, rowAt, selection, onMove }: Grid<R>, event: KeyboardEvent): boolean {
  const step = STEPS[event.key];
  if (step === undefined || total === 0) return false;
  const next = Math.max(0, Math.min(total - 1, step(active, total)));
  onMove(next);
  const row = rowAt(next);
  if (event.shiftKey) selection.extendTo(next);
  else if (!isCommand(event) && row !== undefined) selection.only(row);
  else if (!isCommand(event)) selection.onlyAt(next);
  return true;
}

function act<R>({ active, rowAt, selection, onOpen }: Grid<R>, event: KeyboardEvent): boolean {
  const row = rowAt(active);
  if (event.key === ' ' && row !== undefined) selection.toggle(row);
  else if (event.key === 'Enter' && row !== undefined && !event.repeat) onOpen?.(row);
  else if (isForAll(event)) selection.all();
  else if (event.key === 'Escape') selection.clear();
  else return false;
  return true;
}

const PAGE_STEP = 10;
const STEPS: Readonly<Record<string, (active: number, total: number) => number>> = {
  ArrowDown: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active) => active + PAGE_STEP,
  PageUp: (active) => active - PAGE_STEP,
  Home: () => 0,
  End: (_active, total) => total - 1,
};
