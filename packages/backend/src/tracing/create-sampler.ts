import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { SamplerName } from '../config/index.ts';

const PARENT_BASED = 'parentbased_';

/** Which traces are kept, by the names that OpenTelemetry has for it; `ratio` is the part that the ratio ones keep. */
export function createSampler(name: SamplerName, ratio: number): Sampler {
  return name.startsWith(PARENT_BASED)
    ? new ParentBasedSampler({ root: rootSampler(name.slice(PARENT_BASED.length), ratio) })
    : rootSampler(name, ratio);
}

function rootSampler(name: string, ratio: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'traceidratio' ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}
