import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readMetered } from './read-metered.ts';

/** Whether the connection costs by what goes through it, where the system tells: by NetworkManager, on Linux. */
export interface Meter extends Disposable {
  readonly isMetered: boolean;
  /** Whether this system tells at all. */
  readonly canTell: () => Promise<boolean>;
  /** Looks now, and from now on every so often, or not any more. */
  readonly watch: (isWanted: boolean) => void;
}

export interface MeterOptions {
  readonly platform: NodeJS.Platform;
  readonly onChange: () => void;
}

const LOOK_EVERY_MS = 30_000;
const ANSWER_WITHIN_MS = 5_000;
const NAME = 'org.freedesktop.NetworkManager';
const ASK = ['--system', 'get-property', NAME, '/org/freedesktop/NetworkManager', NAME, 'Metered'];

export function createMeter({ platform, onChange }: MeterOptions): Meter {
  let isMetered = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const next = (await ask(platform)) ?? false;
    // Nobody may want to know any more.
    if (timer === undefined || next === isMetered) return;
    isMetered = next;
    onChange();
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
    isMetered = false;
  }

  return {
    get isMetered() {
      return isMetered;
    },
    canTell: async () => (await ask(platform)) !== null,
    watch(isWanted) {
      if (isWanted === (timer !== undefined)) return;
      stop();
      if (!isWanted) return;
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      void look();
    },
    [Symbol.dispose]: stop,
  };
}

/** null where nobody answers: another system, or a Linux without NetworkManager. */
async function ask(platform: NodeJS.Platform): Promise<boolean | null> {
  if (platform !== 'linux') return null;
  const answered = await promisify(execFile)('busctl', ASK, { timeout: ANSWER_WITHIN_MS }).catch(() => null);
  return answered === null ? null : readMetered(answered.stdout);
}
