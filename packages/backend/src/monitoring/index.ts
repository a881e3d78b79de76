/**
 * What those who run Instashare ask a process: whether it lives, whether it can work, and its figures, which
 * Prometheus collects. Every metric is defined here, with its labels, whose values are few: never a path, an id or
 * a user. The library and the server are loaded only where a port is configured, and cost nothing elsewhere.
 *
 * Knows no routes of the api and no jobs; other rooms tell it what happened.
 */

export { measureStore } from './measure-store.ts';
export type { BlobMeter, HttpMeter, JobMeter, QueryMeter, UploadMeter, UploadWay } from './meters.ts';
export type { ApiMetrics, WorkerMetrics } from './metrics.ts';
export type { MonitoringServer } from './monitoring-server.ts';
export { openApiMetrics, openWorkerMetrics, serveMonitoring } from './open-monitoring.ts';
export { createReadiness, type HealthChecks, type Readiness } from './readiness.ts';
