import { type Context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SamplerName } from '../config/index.ts';
import type { Log } from '../log/index.ts';
import { statementKind } from '../monitoring/statement-kind.ts';
import { createCarrier } from './carrier.ts';
import { createSampler } from './create-sampler.ts';
import { createJobTracer } from './job-tracer.ts';
import type { RequestSpan, Tracing } from './tracing.ts';

/** A collector that does not answer holds up no shutdown for longer. */
const FLUSH_MS = 2_000;

interface TracingOptions {
  readonly sampler: SamplerName;
  readonly ratio: number;
  readonly serviceName: string;
  readonly log: Log;
}

interface Past {
  readonly ms: number;
  readonly attributes: Record<string, string>;
  readonly isFailed: boolean;
}

/**
 * Begins to send spans to the endpoint, with the headers and so on, that the environment names by OpenTelemetry's variables.
 * Nothing of it is global: two of them in one process know nothing of each other.
 */
export function startTracing({ sampler, ratio, serviceName, log }: TracingOptions): Tracing {
  setGlobalErrorHandler((error) => log.warn({ err: error }, 'spans could not be sent'));
  const provider = new TracerProvider({
    sampler: createSampler(sampler, ratio),
    // What the environment says of the service wins.
    resource: resourceFromAttributes({ 'service.name': serviceName }).merge(
      detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const tracer = provider.getTracer('instashare');
  const contexts = new AsyncLocalStorageContextManager().enable();
  const carrier = createCarrier(new W3CTraceContextPropagator());

  /** What took so long and is over, within a request or a job. */
  const tellPast = (name: string, { ms, attributes, isFailed }: Past) => {
    const parent = contexts.active();
    if (trace.getSpan(parent)?.isRecording() !== true) return;
    const startTime = Date.now() - ms;
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime }, parent);
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };

  return {
    beginRequest({ headers, id }) {
      const caller = carrier.read(headers);
      const span = tracer.startSpan(
        'request',
        { kind: SpanKind.SERVER, attributes: { 'instashare.request_id': id } },
        caller,
      );
      return toRequestSpan(span, { contexts, context: trace.setSpan(caller, span) });
    },

    queried({ sql, ms }) {
      const attributes = { 'db.system.name': 'postgresql', 'db.query.text': sql };
      tellPast(`statement ${statementKind(sql)}`, { ms: ms ?? 0, attributes, isFailed: ms === null });
    },

    stored: {
      ended(operation, seconds, failure) {
        const attributes = failure === null ? {} : { 'error.type': failure };
        tellPast(`store ${operation}`, { ms: seconds * 1000, attributes, isFailed: failure !== null });
      },
    },

    jobs: createJobTracer({ tracer, contexts, carrier }),

    async [Symbol.asyncDispose]() {
      const { promise: isLate, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_MS);
      await Promise.race([provider.shutdown(), isLate]);
      clearTimeout(timer);
      contexts.disable();
    },
  };
}

function toRequestSpan(
  span: Span,
  { contexts, context }: { readonly contexts: AsyncLocalStorageContextManager; readonly context: Context },
): RequestSpan {
  return {
    within: (work) => contexts.with(context, work),
    end({ method, route, status }) {
      span.updateName(`${method} ${route}`);
      span.setAttributes({
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': status,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
