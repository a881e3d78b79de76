import type { DataSource, EntitySubscriberInterface } from 'typeorm';

/** Told of every statement that was answered, and how long that took; null: it failed. Must not fail. */
export type OnQuery = (query: { readonly sql: string; readonly ms: number | null }) => void;

const listenersOf = new WeakMap<DataSource, readonly OnQuery[]>();

/** To be called once. */
export function tellOfQueries(dataSource: DataSource, listeners: readonly (OnQuery | undefined)[]): void {
  const listening = listeners.filter((onQuery) => onQuery !== undefined);
  listenersOf.set(dataSource, listening);
  if (listening.length > 0) dataSource.subscribers.push(createSubscriber(dataSource));
}

/** Tells of a statement that TypeORM has not sent. To be called in the asynchronous context of who asked. */
export function tellOfQuery(dataSource: DataSource, query: Parameters<OnQuery>[0]): void {
  for (const onQuery of listenersOf.get(dataSource) ?? []) onQuery(query);
}

const createSubscriber = (dataSource: DataSource): EntitySubscriberInterface => ({
  afterQuery: ({ query, success, executionTime = 0 }) =>
    tellOfQuery(dataSource, { sql: textOf(query), ms: success ? executionTime : null }),
});

/** Statements that are prepared come with their names: see `preparedRows`. */
const textOf = (query: string | { readonly text: string }): string =>
  typeof query === 'string' ? query : query.text;
