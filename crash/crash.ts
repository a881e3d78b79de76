import { createTestDatabase, type GcsServer } from '@instashare/backend/testing';
import { killAtRandom } from './chaos.ts';
import { createRandom } from './random.ts';
import { openScene } from './scene.ts';

const MOST_PAUSE_MS = 500;
/** By then even what no row names is gone. */
const DAYS_UNTIL_SWEPT = 2;

export interface CrashOptions {
  readonly kills: number;
  readonly seed: number;
  /** null: the queue is in PostgreSQL. */
  readonly redisUrl: string | null;
  /** null: objects are on disk. */
  readonly bucket?: GcsServer | null;
}

export interface CrashOutcome {
  /** What was found to be wrong afterwards. */
  readonly faults: readonly string[];
  /** How many operations the server had acknowledged. */
  readonly acknowledged: number;
}

/** Lets clients work while api and worker are killed, waits until the dust has settled, and looks at what is left. */
export async function crash({ kills, seed, ...place }: CrashOptions): Promise<CrashOutcome> {
  const random = createRandom(seed);
  await using database = await createTestDatabase();
  await using scene = await openScene({ databaseUrl: database.url, ...place, random });
  await scene.whileWorking((signal) =>
    killAtRandom(scene.programs, { kills, random, mostPauseMs: MOST_PAUSE_MS, signal }),
  );
  const faults = [...(await scene.faults()), ...(await scene.faults({ afterDays: DAYS_UNTIL_SWEPT }))];
  return { faults, acknowledged: scene.acknowledged() };
}
