import { createSpeedometer } from '@instashare/sync';
import type { Transfer } from '../shared/app-state.ts';
import { secondsLeft } from './speed.ts';

export interface TransferProgress {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number) => void;
}

/** One that somebody waits for, and who is told how it ended. */
export type AwaitedTask = Pick<TransferTask, 'kind' | 'path' | 'sizeBytes' | 'run'>;

export interface TransferTask {
  readonly kind: Transfer['kind'];
  readonly path: string;
  readonly sizeBytes: number;
  readonly run: (progress: TransferProgress) => Promise<void>;
  /** `null`: it went well. */
  readonly onEnd: (error: unknown) => void;
  /** Somebody wants no more of it: it was called off, or dismissed after it had failed. */
  readonly onForgotten?: () => void;
}

export interface RunningTransfer<T extends AwaitedTask = AwaitedTask> {
  readonly task: T;
  readonly speedometer: ReturnType<typeof createSpeedometer>;
  readonly stop: AbortController;
  isBegun: boolean;
  doneBytes: number;
}

export const beginTransfer = <T extends AwaitedTask>(task: T): RunningTransfer<T> => ({
  task,
  speedometer: createSpeedometer(),
  stop: new AbortController(),
  isBegun: false,
  doneBytes: 0,
});

export function runTransfer(transfer: RunningTransfer): Promise<void> {
  transfer.isBegun = true;
  const onProgress = (doneBytes: number) => void (transfer.doneBytes = doneBytes);
  return transfer.task.run({ signal: transfer.stop.signal, onProgress });
}

/** As it is shown. */
export function toTransfer(
  id: string,
  { task, speedometer, doneBytes }: RunningTransfer,
  isAwaited: boolean,
): Transfer {
  const bytesPerSecond = speedometer.sample(doneBytes, performance.now());
  const { kind, path, sizeBytes } = task;
  const left = secondsLeft(sizeBytes - doneBytes, bytesPerSecond);
  return { id, kind, path, sizeBytes, doneBytes, bytesPerSecond, secondsLeft: left, isAwaited };
}
