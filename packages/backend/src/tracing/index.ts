/**
 * Traces, by OpenTelemetry: a request, the statements and calls of the store that it takes, and the jobs that it asks for.
 * The spans are few and made by hand. The libraries are loaded only where an endpoint is configured.
 *
 * Knows no routes and no jobs; other rooms tell it what happened. No span holds a path, a user or a value of a statement.
 */
export { openTracing } from './open-tracing.ts';
export type { JobTracer, RequestSpan, Tracing } from './tracing.ts';
