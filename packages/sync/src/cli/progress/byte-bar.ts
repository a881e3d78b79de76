import { Presets, SingleBar } from 'cli-progress';
import type { CommandContext } from '../context.ts';
import { formatBytes } from '../format.ts';

/** Progress of one transfer, on a terminal; anywhere else it shows nothing. */
export interface ByteBar extends Disposable {
  readonly update: (bytes: number) => void;
}

export interface ByteBarOptions {
  readonly name: string;
  readonly totalBytes: number;
}

/** A transfer that is over before this has no need of a bar. */
const SHOW_FROM_BYTES = 4 * 1024 * 1024;

export function createByteBar(
  { output, stderr }: Pick<CommandContext, 'output' | 'stderr'>,
  { name, totalBytes }: ByteBarOptions,
): ByteBar {
  if (output.isJson || !stderr.isTTY || totalBytes < SHOW_FROM_BYTES) {
    return { update: () => {}, [Symbol.dispose]: () => {} };
  }
  const bar = new SingleBar(
    {
      format: '{name} {bar} {percentage}% · {done} of {total_size} · {speed}/s',
      stream: stderr,
      clearOnComplete: true,
      hideCursor: true,
      stopOnComplete: false,
    },
    Presets.shades_classic,
  );
  const startedAtMs = performance.now();
  const payload = (bytes: number) => ({
    name,
    done: formatBytes(bytes),
    total_size: formatBytes(totalBytes),
    speed: formatBytes(bytes / Math.max(0.001, (performance.now() - startedAtMs) / 1000)),
  });
  bar.start(totalBytes, 0, payload(0));
  return {
    update: (bytes) => bar.update(bytes, payload(bytes)),
    [Symbol.dispose]: () => bar.stop(),
  };
}
