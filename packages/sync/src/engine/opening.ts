import { type Hours, lookAtHours } from '../model/hours.ts';
import type { Clock } from './environment.ts';
import type { SyncEvent } from './sync-event.ts';

/** The hours in which the person wants uploads. */
export interface Opening extends Disposable {
  readonly hours: Hours | null;
  /** When uploads may begin again, by the wall clock; null: they may. */
  readonly closedUntilMs: number | null;
  /** Other hours from now on; null: always. */
  set(hours: Hours | null): void;
  /** Says so when it is closed at the start. */
  tell(): void;
}

export interface OpeningOptions {
  readonly clock: Clock;
  readonly hours: Hours | null;
  readonly onEvent: (event: SyncEvent) => void;
  /** It has opened or closed. */
  readonly onChange: () => void;
}

/** The wall clock may be set, and stands still for nobody who sleeps: it is looked at this often at least. */
const LOOK_EVERY_MS = 30_000;

export function createOpening({ clock, onEvent, onChange, ...options }: OpeningOptions): Opening {
  let hours = options.hours;
  let told = false;
  let cancel = () => {};

  function closedUntilMs(): number | null {
    if (hours === null) return null;
    const { isWithin, untilMs } = lookAtHours(hours, clock.now().wallMs);
    return isWithin ? null : untilMs;
  }

  function look(): void {
    cancel();
    const untilMs = closedUntilMs();
    const isClosed = untilMs !== null;
    if (isClosed !== told) {
      told = isClosed;
      onEvent(
        isClosed
          ? { type: 'closed', hours: hours?.text ?? '', until: new Date(untilMs).toISOString() }
          : { type: 'opened' },
      );
      onChange();
    }
    if (hours === null) return;
    const { wallMs } = clock.now();
    const inMs = lookAtHours(hours, wallMs).untilMs - wallMs;
    cancel = clock.after(Math.min(LOOK_EVERY_MS, inMs), look);
  }

  return {
    get hours() {
      return hours;
    },
    get closedUntilMs() {
      return closedUntilMs();
    },
    set(wanted) {
      hours = wanted;
      look();
    },
    tell: look,
    [Symbol.dispose]: () => cancel(),
  };
}
