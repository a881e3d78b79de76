import type { Config } from '../config/index.ts';
import type { Log } from '../log/index.ts';
import type { Tracing } from './tracing.ts';

/** null when no endpoint is configured: then nothing is loaded and nothing traced. Ends with `made`. */
export async function openTracing(
  { tracing }: Pick<Config, 'tracing'>,
  options: { readonly serviceName: string; readonly log: Log; readonly made: AsyncDisposableStack },
): Promise<Tracing | null> {
  if (tracing === null) return null;
  const { startTracing } = await import('./start-tracing.ts');
  return options.made.use(startTracing({ ...tracing, ...options }));
}
