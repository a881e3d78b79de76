import { backoffMs, isInstashareError } from '@instashare/client/node';
import type { GateOptions, Waiting } from './gate.ts';
import type { WaitReason } from './sync-event.ts';

/** Where nothing changes by itself it is no use to ask often. */
const POLICY_OF_REASON: Readonly<Record<WaitReason, { readonly baseMs: number; readonly capMs: number }>> = {
  offline: { baseMs: 500, capMs: 30_000 },
  busy: { baseMs: 1_000, capMs: 60_000 },
  quota: { baseMs: 30_000, capMs: 300_000 },
  storage_full: { baseMs: 30_000, capMs: 300_000 },
  logged_out: { baseMs: 5_000, capMs: 5_000 },
};

const REASON_OF_CODE: Readonly<Record<string, WaitReason>> = {
  network: 'offline',
  bad_response: 'offline',
  quota_exceeded: 'quota',
  storage_full: 'storage_full',
  unauthenticated: 'logged_out',
  session_ended: 'logged_out',
  token_refused: 'logged_out',
  insufficient_scope: 'logged_out',
};

/** Timers go wrong beyond 24 days; and who asks for so long may not mean it. */
const LONGEST_ASKED_MS = 3_600_000;

function waitAfter(error: Error, failures: number, random: () => number): Waiting {
  const { code, retryAfterMs = 0 } = isInstashareError(error) ? error : ({ code: 'internal_error' } as const);
  const reason = REASON_OF_CODE[code] ?? 'busy';
  // A log-in may be made at any moment; what a token may do never changes.
  const policy = POLICY_OF_REASON[code === 'insufficient_scope' ? 'quota' : reason];
  const backoff = backoffMs(failures, policy, random);
  const retryInMs = Math.round(Math.max(Math.min(retryAfterMs, LONGEST_ASKED_MS), backoff));
  return { reason, code, message: error.message, retryInMs };
}

/** The waits of one outage: each longer than the one before; `onOver` is called at the end of each. */
export function createWaits({ clock, random, onWaiting }: Omit<GateOptions, 'onOpen'>, onOver: () => void) {
  let failures = 0;
  let current: Waiting | null = null;
  let dueAtMs = 0;
  let cancelTimer = () => {};
  return {
    get current() {
      return current;
    },
    get retryInMs() {
      return current === null ? null : Math.max(0, dueAtMs - clock.now().monotonicMs);
    },
    hurry(): void {
      cancelTimer();
      dueAtMs = clock.now().monotonicMs;
    },
    begin(error: Error): void {
      failures += 1;
      current = waitAfter(error, failures, random);
      cancelTimer();
      cancelTimer = clock.after(current.retryInMs, onOver);
      dueAtMs = clock.now().monotonicMs + current.retryInMs;
      onWaiting(current);
    },
    end(): void {
      failures = 0;
      current = null;
      onWaiting(null);
    },
    [Symbol.dispose]: () => cancelTimer(),
  };
}
