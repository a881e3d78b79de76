import type { Config } from '../config/index.ts';
import type { ApiMetrics, WorkerMetrics } from './metrics.ts';
import type { MonitoringServer, ServeOptions } from './monitoring-server.ts';

/** null when the process has no port for its figures: then nothing is loaded and nothing measured. */
export async function openApiMetrics({ monitoring }: Pick<Config, 'monitoring'>): Promise<ApiMetrics | null> {
  return monitoring.apiPort === null ? null : (await import('./metrics.ts')).createApiMetrics();
}

/** As {@link openApiMetrics}. */
export async function openWorkerMetrics({
  monitoring,
}: Pick<Config, 'monitoring'>): Promise<WorkerMetrics | null> {
  return monitoring.workerPort === null ? null : (await import('./metrics.ts')).createWorkerMetrics();
}

/** Answers at a port of its own, which `portVariable` sets. Rejects when that is taken. */
export async function serveMonitoring(
  portVariable: 'API_METRICS_PORT' | 'WORKER_METRICS_PORT',
  options: ServeOptions,
): Promise<MonitoringServer> {
  const { startMonitoringServer } = await import('./monitoring-server.ts');
  try {
    return await startMonitoringServer(options);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    const { host, port } = options;
    throw new MonitoringPortError(
      `${host}:${port} (METRICS_HOST, ${portVariable}) is taken: choose another port`,
      error,
    );
  }
}

/** Like a system's error it has a code: it is told without a stack. */
class MonitoringPortError extends Error {
  readonly code = 'EADDRINUSE';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'MonitoringPortError';
  }
}
