import type { StateStore } from './environment.ts';
import type { Gate } from './gate.ts';
import type { Opening } from './opening.ts';
import type { SyncEvent } from './sync-event.ts';

/** Whether the person wants uploads now. */
export interface Pause {
  readonly isPaused: boolean;
  set(isPaused: boolean): void;
  /** As long as something else wants it, and this process runs: it is no wish of the person to be kept. */
  hold(isHeld: boolean): void;
  /** As it was when the last process ended: says so when that is paused. */
  tell(): void;
}

export interface PauseOptions {
  readonly state: Pick<StateStore, 'isPaused' | 'setPaused'>;
  readonly mode: 'once' | 'watch';
  readonly onEvent: (event: SyncEvent) => void;
  /** It has just changed. */
  readonly onChange: (isPaused: boolean) => void;
}

export function createPause({ state, mode, onEvent, onChange }: PauseOptions): Pause {
  // One who asks for a single run wants it now.
  let isPaused = mode === 'watch' && state.isPaused();
  let isHeld = false;
  const isOn = () => isPaused || isHeld;
  const tell = () => onEvent({ type: isOn() ? 'paused' : 'unpaused' });
  const change = (make: () => void) => {
    const wasOn = isOn();
    make();
    if (isOn() === wasOn) return;
    tell();
    onChange(isOn());
  };
  return {
    get isPaused() {
      return isOn();
    },
    set(wanted) {
      if (wanted === isPaused) return;
      state.setPaused(wanted);
      change(() => (isPaused = wanted));
    },
    hold: (wanted) => change(() => (isHeld = wanted)),
    tell() {
      if (isOn()) tell();
    },
  };
}

/** A gate that nothing enters while it is paused, or outside of the hours for it. */
export function pausable(
  gate: Gate,
  pause: Pick<Pause, 'isPaused'>,
  opening: Pick<Opening, 'closedUntilMs'>,
): Gate {
  return {
    ...gate,
    get waiting() {
      return gate.waiting;
    },
    get retryInMs() {
      return gate.retryInMs;
    },
    enter: () => (pause.isPaused || opening.closedUntilMs !== null ? null : gate.enter()),
  };
}
