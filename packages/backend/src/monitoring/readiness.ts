import type { Log } from '../log/index.ts';

/** What must answer for this process to be of use; each rejects when it does not. */
export interface HealthChecks {
  readonly database: () => Promise<void>;
  readonly queue: () => Promise<void>;
  readonly objects: () => Promise<void>;
}

type Part = keyof HealthChecks;
type Outcome = 'ok' | 'failed';

/** The body of `/readyz`. When something fails, it is one of an error as well. */
export type Readiness = Readonly<Record<Part, Outcome>> &
  (
    | { readonly status: 'ok' }
    | { readonly status: 'unavailable'; readonly code: 'unavailable'; readonly message: string }
  );

/** Probes come often and from many; the services are asked at most this often. */
const CACHE_MS = 1000;
const CHECK_TIMEOUT_MS = 3000;

const NAMES = { database: 'the database', queue: 'the queue', objects: 'the object store' } as const;

interface Options {
  readonly log: Log;
  readonly timeoutMs?: number;
  readonly cacheMs?: number;
}

/** Tries all parts at once, each within a time limit; what it finds serves everyone who asks soon after. */
export function createReadiness(
  checks: HealthChecks,
  { log, timeoutMs = CHECK_TIMEOUT_MS, cacheMs = CACHE_MS }: Options,
): () => Promise<Readiness> {
  const tryPart = (part: Part) => createProbe(part, checks[part], { log, timeoutMs });
  const probes = { database: tryPart('database'), queue: tryPart('queue'), objects: tryPart('objects') };
  let cached: { readonly atMs: number; readonly result: Promise<Readiness> } | null = null;

  async function ask(): Promise<Readiness> {
    const [database, queue, objects] = await Promise.all([
      probes.database(),
      probes.queue(),
      probes.objects(),
    ]);
    return toReadiness({ database, queue, objects });
  }

  return () => {
    if (cached === null || performance.now() - cached.atMs > cacheMs)
      cached = { atMs: performance.now(), result: ask() };
    return cached.result;
  };
}

function toReadiness(parts: Readonly<Record<Part, Outcome>>): Readiness {
  const { database, queue, objects } = parts;
  const away = (['database', 'queue', 'objects'] as const).filter((part) => parts[part] === 'failed');
  if (away.length === 0) return { status: 'ok', database, queue, objects };
  const names = away.map((part) => NAMES[part]).join(', ');
  const message = `This process cannot work: no answer from ${names}. Its log says why`;
  return { status: 'unavailable', database, queue, objects, code: 'unavailable', message };
}

/** A check that hangs is not asked again while it does, which would only take more connections from others. */
function createProbe(
  part: Part,
  check: () => Promise<void>,
  { log, timeoutMs }: { readonly log: Log; readonly timeoutMs: number },
): () => Promise<Outcome> {
  let running: Promise<Outcome> | null = null;
  let last: Outcome = 'ok';

  const tell = (outcome: Outcome, error?: unknown): Outcome => {
    if (outcome !== last) {
      if (outcome === 'failed') log.warn({ part, err: error }, 'a part that is needed does not answer');
      else log.info({ part }, 'the part answers again');
    }
    last = outcome;
    return outcome;
  };

  const run = async (): Promise<Outcome> => {
    try {
      await check();
      return tell('ok');
    } catch (error) {
      return tell('failed', error);
    } finally {
      running = null;
    }
  };

  return async () => {
    running ??= run();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcome>((resolve) => {
      const tellLate = () => resolve(tell('failed', new Error(`no answer within ${timeoutMs} ms`)));
      timer = setTimeout(tellLate, timeoutMs);
    });
    const outcome = await Promise.race([running, late]);
    clearTimeout(timer);
    return outcome;
  };
}
