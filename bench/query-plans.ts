/** How the database reads pages of a listing: what the api asks it, explained by the database itself. */
import { Client } from 'pg';
import { idOf, PAGE_SIZE } from './api-load.ts';
import { pathAt } from './api-rows.ts';
import { listStatement } from './bare-server.ts';
import type { User } from './server.ts';

/** For each account, which has so many files: its first page, and one in the middle. */
export async function describePlans(
  databaseUrl: string,
  accounts: readonly (readonly [User, number])[],
): Promise<string[]> {
  const described = ['### How the database reads a page'];
  for (const [user, count] of accounts) {
    const userId = await idOf(databaseUrl, user.email);
    const page = { userId, limit: PAGE_SIZE };
    const middle = { ...page, afterPath: pathAt(Math.floor(count / 2)) };
    for (const [name, asked] of [
      ['the first page', page] as const,
      ['a page in the middle', middle] as const,
    ]) {
      const plan = await explain(databaseUrl, await listStatement(databaseUrl, asked));
      described.push(`${name} of ${count} files:`, `\`\`\`\n${plan}\n\`\`\``);
    }
  }
  return described;
}

async function explain(
  databaseUrl: string,
  { sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] },
): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`,
      [...parameters],
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
}
