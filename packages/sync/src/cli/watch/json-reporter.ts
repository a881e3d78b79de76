import type { Output } from '../output.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

const PROGRESS_EVERY_MS = 1_000;

/** One event a line, as it comes; progress once a second while there is some. */
export function createJsonReporter(output: Output, { status }: ReporterOptions): Reporter {
  let last = '';
  const timer = setInterval(() => {
    const { active: _active, ...progress } = status();
    const line = JSON.stringify(progress);
    if (line !== last) output.result({ event: 'progress', ...progress }, null);
    last = line;
  }, PROGRESS_EVERY_MS);
  return {
    onEvent({ type, ...event }, { folder, label }) {
      output.result({ event: type, ...(label === null ? {} : { folder }), ...event }, null);
    },
    onUsage: (usage) => output.result({ event: 'usage', ...usage }, null),
    onServer: (failure) =>
      output.result(
        failure === null ? { event: 'server_back' } : { event: 'server_away', message: failure },
        null,
      ),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
