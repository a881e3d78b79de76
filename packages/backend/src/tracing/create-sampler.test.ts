import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { createSampler } from './create-sampler.ts';

const LOW = '00000000000000000000000000000001';
const HIGH = 'ffffffff000000000000000000000000';

/** Whether a span of this trace is kept, for a caller who keeps it or not; null: without a caller. */
function keeps(sampler: ReturnType<typeof createSampler>, traceId: string, caller: boolean | null): boolean {
  const traceFlags = caller === true ? TraceFlags.SAMPLED : TraceFlags.NONE;
  const parent = { traceId, spanId: '0000000000000001', traceFlags, isRemote: true };
  const context = caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
  const { decision } = sampler.shouldSample(context, traceId, 'request', SpanKind.SERVER, {}, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

test.each([
  ['always_on', [true, true, true]],
  ['always_off', [false, false, false]],
  ['traceidratio', [false, false, false]],
  ['parentbased_always_on', [true, true, false]],
  ['parentbased_always_off', [false, true, false]],
  ['parentbased_traceidratio', [false, true, false]],
] as const)('%s keeps what OpenTelemetry says', (name, expected) => {
  const sampler = createSampler(name, 0.5);
  expect([null, true, false].map((caller) => keeps(sampler, HIGH, caller))).toEqual(expected);
});

test('a ratio keeps a part of the traces, the same in every process', () => {
  const sampler = createSampler('traceidratio', 0.5);
  expect([keeps(sampler, LOW, null), keeps(sampler, HIGH, null)]).toEqual([true, false]);
});
