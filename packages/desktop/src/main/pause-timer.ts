import type { SettingsFile } from './settings-file.ts';

/** A pause until the person resumes, or until its time is over; it lasts through a restart. */
export interface PauseTimer {
  readonly set: (minutes: number | null) => void;
  readonly clear: () => void;
}

const MINUTE_MS = 60_000;
/** A pause without an end: a time that JSON can hold and that nobody lives to see. */
const FOR_EVER_MS = 8_640_000_000_000_000;

export function createPauseTimer(settings: SettingsFile): PauseTimer {
  let timer: NodeJS.Timeout | undefined;
  const clear = () => {
    clearTimeout(timer);
    settings.update({ pausedUntilMs: null });
  };
  const wait = () => {
    clearTimeout(timer);
    const until = settings.get().pausedUntilMs;
    if (until === null || until === FOR_EVER_MS) return;
    timer = setTimeout(
      () => (Date.now() >= until ? clear() : wait()),
      Math.min(MINUTE_MS, Math.max(0, until - Date.now())),
    );
  };
  wait();
  return {
    set(minutes) {
      settings.update({ pausedUntilMs: minutes === null ? FOR_EVER_MS : Date.now() + minutes * MINUTE_MS });
      wait();
    },
    clear,
  };
}
