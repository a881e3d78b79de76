import { useState } from 'react';
import type { RowQuestion } from '../../shared/row-window.ts';
import { useDebounced } from '../lib/hooks.ts';

export type RowOrder<S extends string> = Omit<RowQuestion<S>, 'search'>;

/** The rows that are in view, and some around them. */
export interface ShownRange {
  readonly first: number;
  readonly last: number;
}

const TYPING_MS = 120;

/** What a person wants to see of a list. */
export function useListView<S extends string>(initially: RowOrder<S>) {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState(initially);
  const [range, setRange] = useState<ShownRange>({ first: 0, last: 0 });
  const question: RowQuestion<S> = { ...order, search: useDebounced(search, TYPING_MS) };
  /** Whether what is typed is what is asked for. */
  const isAsked = question.search === search;
  return { search, setSearch, order, setOrder, range, setRange, question, isAsked };
}

export type ListView<S extends string> = ReturnType<typeof useListView<S>>;
