import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import type { W3CTraceContextPropagator } from '@opentelemetry/core';

/** How a trace goes on in another process: `traceparent` and `tracestate` of the W3C, in headers or in a job. */
export interface Carrier {
  /** The root when there is none, or none that can be understood. */
  read(headers: Readonly<Record<string, unknown>>): Context;
  /** As {@link read}, of what {@link write} gave. */
  readText(text: string | undefined): Context;
  write(context: Context): string;
}

export function createCarrier(propagator: W3CTraceContextPropagator): Carrier {
  const read: Carrier['read'] = (headers) => propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  return {
    read,
    readText(text) {
      if (text === undefined) return ROOT_CONTEXT;
      try {
        const headers: unknown = JSON.parse(text);
        return typeof headers === 'object' && headers !== null ? read({ ...headers }) : ROOT_CONTEXT;
      } catch {
        // Not of ours: a job is run whatever it says of its trace.
        return ROOT_CONTEXT;
      }
    },
    write(context) {
      const headers: Record<string, string> = {};
      propagator.inject(context, headers, defaultTextMapSetter);
      return JSON.stringify(headers);
    },
  };
}
