import type { DataSource, EntitySubscriberInterface } from 'typeorm';

/** Told of every statement that was answered, and how long that took; null: it failed. Must not fail. */
export type OnQuery = (query: { readonly sql: string; readonly ms: number | null }) => void;

const listenersOf = new WeakMap<DataSource, readonly OnQuery[]>();

/** To be called once. */
export function tellOfQueries(dataSource: DataSource, listeners: readonly (OnQuery | undefined)[]): void {
  const listening = listeners.filter((onQuery) => onQuery !== undefined);
  listenersOf.set(dataSource, listening);
  if (listening.length > 0) dataSource.subscribers.push(createSubscriber(listening));
}

/**
 * Begins to time a statement that TypeORM does not send; what it gives is to be called when it is over, in the asynchronous
 * context of who asked. Where nobody listens nothing is timed.
 */
export function timeQuery(dataSource: DataSource, sql: string): (isAnswered: boolean) => void {
  const listeners = listenersOf.get(dataSource) ?? [];
  if (listeners.length === 0) return () => {};
  const asked = performance.now();
  return (isAnswered) => tell(listeners, { sql, ms: isAnswered ? performance.now() - asked : null });
}

const createSubscriber = (listeners: readonly OnQuery[]): EntitySubscriberInterface => ({
  afterQuery: ({ query, success, executionTime = 0 }) =>
    tell(listeners, { sql: textOf(query), ms: success ? executionTime : null }),
});

function tell(listeners: readonly OnQuery[], query: Parameters<OnQuery>[0]): void {
  for (const onQuery of listeners) onQuery(query);
}

/** Statements that are prepared come with their names: see `preparedRows`. */
const textOf = (query: string | { readonly text: string }): string =>
  typeof query === 'string' ? query : query.text;
