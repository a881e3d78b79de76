import { readStatus } from './process-identity.ts';

const INTERVAL_MS = 500;
const SHELL = /^-?(ba|da|a|z|k)?sh$/;

/**
 * Calls `onGone` once when npm, which started this process, is gone. npm puts a shell between itself and us
 * that outlives it: then the shell's parent is the one to look at, as well.
 */
export function watchParent(onGone: () => void): Disposable {
  const parent = process.ppid;
  let npm: number | undefined;
  let isChecking = false;

  async function isGone(): Promise<boolean> {
    if (process.ppid !== parent) return true;
    const status = await readStatus(parent);
    if (status === null || !SHELL.test(status.program)) return false;
    npm ??= status.parentPid;
    return status.parentPid !== npm;
  }

  async function check(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    const gone = await isGone();
    isChecking = false;
    if (!gone) return;
    clearInterval(timer);
    onGone();
  }

  const timer = setInterval(() => void check(), INTERVAL_MS);
  timer.unref();
  void check();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
