/** The process behind the window that holds the lists and talks to the server. */
import { until } from '../harness/poll.ts';
import type { DesktopApp } from './app.ts';

/** Its id, as soon as there is one that is none of `others`. */
export const enginePid = (
  { electron }: Pick<DesktopApp, 'electron'>,
  others: ReadonlySet<number> = new Set(),
): Promise<number> =>
  until('the engine', () =>
    electron.evaluate(
      ({ app }, unwanted) =>
        app.getAppMetrics().find(({ name, pid }) => name === 'Instashare engine' && !unwanted.includes(pid))
          ?.pid ?? null,
      [...others],
    ),
  );

/** What the window asks meanwhile is answered only afterwards. */
export async function whileEngineStands(app: DesktopApp, run: () => Promise<void>): Promise<void> {
  const pid = await enginePid(app);
  process.kill(pid, 'SIGSTOP');
  try {
    await run();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
