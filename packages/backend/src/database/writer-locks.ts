import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** How long whoever holds a lock may take to end: it has to write down what came so far. */
const END_WITHIN_MS = 15_000;
const LOOK_AGAIN_MS = 20;
const CHANNEL = 'instashare_writers';
/** Keeps our locks apart from others in the same database. */
const LOCK_ID = "hashtextextended('instashare writer ' || $1, 0)";

export interface WriterLocksOptions {
  readonly url: string;
  /** Names the connection in `pg_stat_activity`. */
  readonly applicationName: string;
}

interface Holder {
  readonly controller: AbortController;
  isCertain: boolean;
}

/**
 * Locks of PostgreSQL that hold for as long as the connection that took them: one connection of its own for all
 * locks of this process, so that what it holds is free the moment it ends, however it ends. When the connection
 * breaks, every holder is told to end. Has the shape that the store asks for; within this process one at a time asks
 * for a key, which the store sees to.
 */
export function createWriterLocks(options: WriterLocksOptions) {
  const holders = new Map<string, Holder>();
  const connection = createConnection(options, {
    onWanted: (key) => holders.get(key)?.controller.abort(new Error('Another process took over')),
    onLost() {
      for (const holder of holders.values()) {
        holder.isCertain = false;
        holder.controller.abort(new Error('The connection that keeps writers apart is gone'));
      }
      holders.clear();
    },
  });

  const hold = (client: Client, key: string) => {
    const holder: Holder = { controller: new AbortController(), isCertain: true };
    holders.set(key, holder);
    return {
      ended: holder.controller.signal,
      isCertain: () => holder.isCertain,
      [Symbol.dispose]() {
        if (holders.get(key) !== holder) return;
        holders.delete(key);
        // Not waited for: on this connection it comes before whatever this process asks next.
        client.query(`SELECT pg_advisory_unlock(${LOCK_ID})`, [key]).catch(() => {});
      },
    };
  };

  return {
    async take(key: string, signal: AbortSignal) {
      const until = performance.now() + END_WITHIN_MS;
      const client = await connection.get();
      while (!(await tryLock(client, key))) {
        if (performance.now() > until) throw new Error('Whoever writes to this session does not end');
        await client.query('SELECT pg_notify($1, $2)', [CHANNEL, key]);
        await delay(LOOK_AGAIN_MS, undefined, { signal });
      }
      return hold(client, key);
    },
    async tryTake(key: string) {
      const client = await connection.get();
      return (await tryLock(client, key)) ? hold(client, key) : null;
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

async function tryLock(client: Client, key: string): Promise<boolean> {
  const text = `SELECT pg_try_advisory_lock(${LOCK_ID}) AS taken`;
  const { rows } = await client.query<{ taken: boolean }>(text, [key]);
  return rows[0]?.taken === true;
}

/** Connects when it is first needed, and anew when the connection was lost. */
function createConnection(
  { url, applicationName }: WriterLocksOptions,
  { onLost, onWanted }: { readonly onLost: () => void; readonly onWanted: (key: string) => void },
) {
  let current: { readonly client: Client; readonly ready: Promise<Client> } | null = null;
  let isClosed = false;

  const open = (): Promise<Client> => {
    const client = new Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const lose = () => {
      if (current?.client !== client) return;
      current = null;
      onLost();
    };
    // A broken connection may say so more than once; without a listener that would end the process.
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ payload = '' }) => onWanted(payload));
    const listen = async () => {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      return client;
    };
    const ready = listen();
    current = { client, ready };
    ready.catch(lose);
    return ready;
  };

  return {
    async get(): Promise<Client> {
      if (isClosed) throw new Error('The locks of writers are closed');
      return current?.ready ?? open();
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const client = await current?.ready.catch(() => null);
      await client?.end();
    },
  };
}
