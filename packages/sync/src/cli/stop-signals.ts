/** The ways in which a process is told to stop. */
export interface StopSignals extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Aborts when this process is told to stop; told a second time, it ends at once. Under a supervisor
 * (`INSTASHARE_SUPERVISED=1`) a Ctrl-C is the supervisor's, who then stops us in its own order, by SIGTERM or
 * by closing the channel between us; so is the patience, since a service manager tells us as well.
 */
export function listenForStop(environment: Readonly<Record<string, string | undefined>>): StopSignals {
  const controller = new AbortController();
  const isSupervised = environment['INSTASHARE_SUPERVISED'] === '1';
  const stop = () => {
    if (controller.signal.aborted && !isSupervised) process.exit(EXIT_IMPATIENT);
    controller.abort();
  };
  const onTerminal = isSupervised ? () => {} : stop;
  const listeners: readonly (readonly [NodeJS.Signals, () => void])[] = [
    ['SIGTERM', stop],
    ['SIGINT', onTerminal],
    ['SIGHUP', onTerminal],
  ];
  for (const [name, listener] of listeners) process.on(name, listener);
  // The one who started us is gone, however that came.
  if (isSupervised && process.send !== undefined) {
    process.on('disconnect', stop);
    // It may have gone before anybody listened.
    if (!process.connected) stop();
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) process.off(name, listener);
      process.off('disconnect', stop);
    },
  };
}

const EXIT_IMPATIENT = 130;
