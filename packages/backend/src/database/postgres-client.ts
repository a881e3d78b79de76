import { Client, type ClientConfig } from 'pg';

/**
 * A connection that asks with a callback whoever wants a promise. By itself node-postgres sets the callback on a query that
 * is made already, and V8 then takes the rows of each for what is still in use, until it has gone through its whole
 * heap: for pages of files that was a tenth of the processor time, and collections that took ten times as long.
 */
export class PostgresClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const ask: (...given: unknown[]) => unknown = this.query.bind(this);
    const query = (statement: unknown, ...given: unknown[]): unknown => {
      // A query with a life of its own (a cursor, a stream), or an answer that goes to a callback.
      if (isSubmittable(statement) || typeof given.at(-1) === 'function') return ask(statement, ...given);
      return new Promise((resolve, reject) => {
        ask(statement, given[0], (error: Error | null, result: unknown) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its many signatures are those of what it replaces
    this.query = query as Client['query'];
  }
}

const isSubmittable = (statement: unknown): boolean =>
  typeof statement === 'object' && statement !== null && 'submit' in statement;
