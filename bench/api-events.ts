/** Many who follow the events of one account at once. */
import { z } from 'zod';
import { makeFiles } from './api-rows.ts';
import { startProgram } from './child-program.ts';
import { databaseOf } from './database-of.ts';
import { idleCpuMs, memoryOf } from './process-figures.ts';
import { registerUser, startServer } from './server.ts';

export const READERS = 1000;
export const SILENT = 50;
const FILES = 20_000;
const CHANGES = 15;
/** At rest, or near to it. */
const REST_MS_PER_SECOND = 100;
const MOST_SETTLE_SECONDS = 10;
const REST_SECONDS = 5;

export interface EventFigures {
  readonly bytesBefore: number;
  readonly bytesAtRest: number;
  readonly bytesWithSilent: number;
  readonly cpuMsPerSecond: number;
  readonly latenciesMs: readonly number[];
  readonly latenciesWithSilentMs: readonly number[];
  /** When those that do not read have gone: what else the machine does shows in the difference to the first. */
  readonly latenciesAfterMs: readonly number[];
}

const pageSchema = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });
const doneSchema = z.object({ isDone: z.literal(true) });
const latenciesSchema = z.object({ latenciesMs: z.array(z.number()) });

export async function measureEvents(): Promise<EventFigures> {
  await using instance = await startServer([], { EVENT_STREAMS_PER_USER: String(READERS + SILENT) });
  const user = await registerUser(instance.url);
  await makeFiles(await databaseOf(instance), FILES, user.email);
  const { items } = await user.request('GET', '/files?limit=1', { schema: pageSchema });
  const target = { port: instance.port, token: user.accessToken, fileId: items[0]?.id };
  const pid = await instance.pidOfProgram('api');
  const resident = async () => (await memoryOf(pid)).residentBytes;

  const bytesBefore = await resident();
  await using program = startProgram('subscribers-program.ts');
  const change = async () =>
    (await program.ask({ do: 'change', target, changes: CHANGES }, latenciesSchema)).latenciesMs;
  await program.ask({ do: 'follow', target, readers: READERS }, doneSchema);
  await settle(pid);
  const cpuMsPerSecond = (await idleCpuMs(pid, REST_SECONDS)) / REST_SECONDS;
  const bytesAtRest = await resident();
  const latenciesMs = await change();
  await program.ask({ do: 'never read', target, silent: SILENT }, doneSchema);
  await settle(pid);
  const latenciesWithSilentMs = await change();
  const bytesWithSilent = await resident();
  await program.ask({ do: 'leave' }, doneSchema);
  await settle(pid);
  const latenciesAfterMs = await change();
  return {
    bytesBefore,
    bytesAtRest,
    bytesWithSilent,
    cpuMsPerSecond,
    latenciesMs,
    latenciesWithSilentMs,
    latenciesAfterMs,
  };
}

async function settle(pid: number): Promise<void> {
  for (let second = 0; second < MOST_SETTLE_SECONDS; second += 1) {
    if ((await idleCpuMs(pid, 1)) < REST_MS_PER_SECOND) return;
  }
}
