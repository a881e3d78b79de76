import { describe } from 'vitest';
import type { DriverWorld } from './driver-world.ts';
import { describeListing } from './listing-suite.ts';
import { describeMark } from './mark-suite.ts';
import { describeObjects } from './objects-suite.ts';
import { describeSessions } from './sessions-suite.ts';

/** What every driver must do: the contract of `ObjectStore`, as tests. */
export function describeObjectStore(name: string, openWorld: () => Promise<DriverWorld>): void {
  describe(`${name}: objects`, () => {
    describeObjects(openWorld);
  });
  describe(`${name}: listing`, () => {
    describeListing(openWorld);
  });
  describe(`${name}: the mark`, () => {
    describeMark(openWorld);
  });
  describe(`${name}: upload sessions`, () => {
    describeSessions(openWorld);
  });
}
