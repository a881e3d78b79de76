import { expect, test } from 'vitest';
import {
  handleFaults,
  type Latency,
  latencyFaults,
  medianOf,
  memoryFaults,
  type Sample,
} from './soak-verdict.ts';

const MEBIBYTE = 1024 * 1024;

/** An hour of samples, whose heap goes up and down as collections come. */
const samplesOf = (leakBytesPerMinute: number): Sample[] =>
  Array.from({ length: 240 }, (_, at) => {
    const garbage = (at % 7) * 10 * MEBIBYTE;
    const heapBytes = 60 * MEBIBYTE + garbage + (at / 4) * leakBytesPerMinute;
    return { program: 'api', atMs: at * 15_000, heapBytes, residentBytes: heapBytes + 80 * MEBIBYTE };
  });

test('memory that goes up and down is no leak, one that grows by 3 MiB a minute is', () => {
  expect(memoryFaults(samplesOf(0))).toEqual([]);
  expect(memoryFaults(samplesOf(3 * MEBIBYTE))).toEqual(['the heap of the api grew from 60 to 181 MiB']);
  expect(memoryFaults(samplesOf(9 * MEBIBYTE))).toHaveLength(2);
});

test('each process is looked at by itself', () => {
  const worker = samplesOf(3 * MEBIBYTE).map((sample) => ({ ...sample, program: 'worker' }));
  expect(memoryFaults([...samplesOf(0), ...worker])).toEqual([
    'the heap of the worker grew from 60 to 181 MiB',
  ]);
});

test('handles that are kept are a leak, those of pools are not', () => {
  const before = [{ program: 'api', handles: 30 }];
  expect(handleFaults(before, [{ program: 'api', handles: 60 }])).toEqual([]);
  expect(handleFaults(before, [{ program: 'api', handles: 90 }])).toEqual([
    'the api had 30 handles and kept 90',
  ]);
});

test('answers that come later and later are found, and a slow one among them is not', () => {
  const latencies = (growthMs: number): Latency[] =>
    Array.from({ length: 1000 }, (_, at) => ({
      atMs: at * 3600,
      ms: at % 50 === 0 ? 3000 : 40 + (at * growthMs) / 1000,
    }));
  expect(latencyFaults(latencies(0))).toEqual([]);
  expect(latencyFaults(latencies(500))).toEqual(['the median of all answers went from 126 to 458 ms']);
  expect(latencyFaults([])).toEqual([]);
});

test('a median is the value in the middle', () => {
  expect([medianOf([3, 1, 2]), medianOf([])]).toEqual([2, 0]);
});
