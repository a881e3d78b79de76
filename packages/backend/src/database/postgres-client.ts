import { Client, type ClientConfig } from 'pg';

/**
 * A connection that asks with a callback where a promise is wanted. node-postgres itself makes the query first and sets its
 * callback then. With that, V8 does not collect the rows of a query that is over with what is young: they grow old,
 * and are there until it goes through its whole heap. For pages of files that took a tenth of the processor time.
 */
export class PostgresClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const ask: (...given: unknown[]) => unknown = this.query.bind(this);
    const query = (statement: unknown, ...given: unknown[]): unknown => {
      if (asksItself(statement) || typeof given.at(-1) === 'function') return ask(statement, ...given);
      return new Promise((resolve, reject) => {
        ask(statement, given[0], (error: Error | null, result: unknown) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a function with its many signatures can't be written as one: what it takes goes on to what it replaces, and comes back from there
    this.query = query as Client['query'];
  }
}

/** A query with a life of its own (a cursor, a stream), one with a callback, or none, which is refused. */
const asksItself = (statement: unknown): boolean =>
  typeof statement === 'object' && (statement === null || 'submit' in statement || 'callback' in statement);
