import { type InstanceOptions, startInstance } from '../acceptance/harness/instance.ts';

export interface StartTimes {
  /** An empty data folder: the database is made. */
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  readonly stopSeconds: number;
}

/** `npm start` until `/readyz` says yes, on a new data folder and then on the same again. */
export async function measureStart(): Promise<StartTimes> {
  const begun = performance.now();
  await using first = await startInstance({ byNpm: true });
  const firstSeconds = (performance.now() - begun) / 1000;
  first.pressCtrlC();
  await first.exited;
  const { secondSeconds, stopSeconds } = await again({ byNpm: true, like: first });
  return { firstSeconds, secondSeconds, stopSeconds };
}

async function again(options: InstanceOptions): Promise<Omit<StartTimes, 'firstSeconds'>> {
  const begun = performance.now();
  await using instance = await startInstance(options);
  const secondSeconds = (performance.now() - begun) / 1000;
  const stopping = performance.now();
  instance.pressCtrlC();
  await instance.exited;
  return { secondSeconds, stopSeconds: (performance.now() - stopping) / 1000 };
}
