import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { Carrier } from './carrier.ts';
import type { JobTracer } from './tracing.ts';

interface JobTracerParts {
  readonly tracer: Tracer;
  readonly contexts: AsyncLocalStorageContextManager;
  readonly carrier: Carrier;
}

export function createJobTracer({ tracer, contexts, carrier }: JobTracerParts): JobTracer {
  async function spanned<Result>(span: Span, context: Context, work: () => Promise<Result>): Promise<Result> {
    try {
      return await contexts.with(context, work);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    enqueue(job, add) {
      const parent = contexts.active();
      const attributes = { 'messaging.system': 'bullmq', 'messaging.destination.name': job };
      const span = tracer.startSpan(`enqueue ${job}`, { kind: SpanKind.PRODUCER, attributes }, parent);
      const context = trace.setSpan(parent, span);
      return spanned(span, context, () => add(carrier.write(context)));
    },

    run(job, { carried, jobId, attempt }, work) {
      const parent = carrier.readText(carried);
      const attributes = {
        'messaging.system': 'bullmq',
        'messaging.destination.name': job,
        'messaging.message.id': jobId,
        'instashare.job.attempt': attempt,
      };
      const span = tracer.startSpan(`run ${job}`, { kind: SpanKind.CONSUMER, attributes }, parent);
      return spanned(span, trace.setSpan(parent, span), work);
    },
  };
}
