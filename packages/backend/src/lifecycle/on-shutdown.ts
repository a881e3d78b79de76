import type { Log } from '../log/index.ts';

export interface ShutdownOptions {
  readonly log: Log;
  /** How long the orderly end may take before the process ends anyway. */
  readonly timeoutMs: number;
  /**
   * True under a supervisor: a terminal's Ctrl-C reaches the whole process group, but the supervisor stops us
   * in its own order, by SIGTERM or by closing the IPC channel. It also has the patience: a service manager tells
   * the whole group to end, and the supervisor then tells us once more.
   */
  readonly supervised: boolean;
}

/** Runs `dispose` once when this process is told to end, then exits with 0 (1 when it failed or took too long). */
export function onShutdown(dispose: () => PromiseLike<void>, options: ShutdownOptions): void {
  const { log, timeoutMs, supervised } = options;
  let stopping = false;

  const stop = (reason: string) => {
    if (stopping) {
      if (!supervised) process.exit(1);
      return;
    }
    stopping = true;
    log.info({ reason }, 'stopping');
    const timer = setTimeout(() => {
      log.error({ timeoutMs }, 'stopping took too long');
      process.exit(1);
    }, timeoutMs);
    dispose().then(
      () => {
        clearTimeout(timer);
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };

  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => {
    if (!supervised) stop('SIGINT');
  });
  process.on('SIGHUP', () => {
    if (!supervised) stop('SIGHUP');
  });
  // A channel that closes means that the parent is gone, however it ended.
  if (process.send === undefined) return;
  process.on('disconnect', () => stop('parent gone'));
  // It may have closed while everything was being composed, before anybody listened.
  if (!process.connected) stop('parent gone');
}
