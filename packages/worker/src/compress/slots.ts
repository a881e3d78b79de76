/** Gives the slot back; calling it again does nothing. */
export type Release = () => void;

export interface Slots {
  /** A slot when one is free now, else null. */
  tryTake(): Release | null;
  /** A slot as soon as one is free, in the order of asking. */
  take(): Promise<Release>;
}

/** Beside the frames that are being compressed: one that is being read and one that is being written. */
const SPARE_FRAMES = 2;

/** For the frames that may be in memory when so many are compressed at once. */
export const createFrameSlots = (compressedAtOnce: number): Slots =>
  createSlots(compressedAtOnce + SPARE_FRAMES);

/**
 * Bounds how much of something a process does or holds at once. Who holds a slot must not wait for another one
 * of the same with `take`: all could then wait for each other.
 */
export function createSlots(count: number): Slots {
  let free = count;
  const waiting: ((release: Release) => void)[] = [];

  const makeRelease = (): Release => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next(makeRelease());
    };
  };

  const tryTake = (): Release | null => {
    if (free === 0) return null;
    free -= 1;
    return makeRelease();
  };

  return {
    tryTake,
    take() {
      const release = tryTake();
      if (release !== null) return Promise.resolve(release);
      const { promise, resolve } = Promise.withResolvers<Release>();
      waiting.push(resolve);
      return promise;
    },
  };
}
