import { expect, test, vi } from 'vitest';
import { listenForStop } from './stop-signals.ts';

/** Tells only what `listenForStop` has added, as a signal would. */
function tellTwice(environment: Record<string, string>): boolean {
  const others = new Set(process.listeners('SIGTERM'));
  using stop = listenForStop(environment);
  const added = process.listeners('SIGTERM').filter((listener) => !others.has(listener));
  for (let times = 1; times <= 2; times += 1) for (const listener of added) listener('SIGTERM');
  return stop.signal.aborted;
}

test('told to stop twice, it ends at once for a person, and in order under a supervisor', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  expect(tellTwice({ INSTASHARE_SUPERVISED: '1' })).toBe(true);
  expect(exit).not.toHaveBeenCalled();
  expect(() => tellTwice({})).toThrow('exit 130');
});
