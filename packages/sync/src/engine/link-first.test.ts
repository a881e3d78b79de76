import { expect, test } from 'vitest';
import { createMemoryState } from '../../test/support/memory-state.ts';
import type { KnownFile } from '../model/known-file.ts';
import { createLinkFirst } from './link-first.ts';

const found = [{ sha256: 'new', item: { isHot: false } }];
const saved = (sha256: string) => [{ sha256, item: { isHot: true } }];

/** The state of a folder of which this content is stored. */
function stateWith(...contents: string[]) {
  const state = createMemoryState();
  for (const sha256 of contents) {
    const times = { mtimeNs: 0n, ctimeNs: 0n, birthNs: 0n, recordedAtMs: 0 };
    const file = { path: sha256, localPath: sha256, sizeBytes: 1, ino: 1n, fileId: 'id', version: 1 };
    state.putKnown({ ...times, ...file, sha256 } satisfies KnownFile);
  }
  return state;
}

test('a folder whose first files the account does not have is sent without asking on', () => {
  const linkFirst = createLinkFirst(stateWith());
  linkFirst.asks(150);
  expect(linkFirst.isWorthIt(found)).toBe(true);
  linkFirst.found(0);
  linkFirst.asks(150);
  // Also before the answer has come: others go on meanwhile.
  expect(linkFirst.isWorthIt(found)).toBe(false);
  linkFirst.found(0);
  expect(linkFirst.isWorthIt(found)).toBe(false);
});

test('as long as something is there it goes on asking', () => {
  const linkFirst = createLinkFirst(stateWith());
  for (let bundle = 0; bundle < 5; bundle += 1) {
    expect(linkFirst.isWorthIt(found)).toBe(true);
    linkFirst.asks(1_000);
    linkFirst.found(1);
  }
});

test('what somebody just saved is new, unless its content is stored', () => {
  const linkFirst = createLinkFirst(stateWith('stored'));
  expect(linkFirst.isWorthIt(saved('new'))).toBe(false);
  expect(linkFirst.isWorthIt([...saved('new'), ...saved('stored')])).toBe(true);
});

test('a copy is asked for however many others were asked for in vain', () => {
  const linkFirst = createLinkFirst(stateWith('stored'));
  linkFirst.asks(10_000);
  expect(linkFirst.isWorthIt(found)).toBe(false);
  expect(linkFirst.isWorthIt([{ sha256: 'stored', item: { isHot: false } }])).toBe(true);
});

test('a folder that goes up for the first time is not searched for copies until it is through', () => {
  const state = stateWith();
  const linkFirst = createLinkFirst(state);
  for (const file of [stateWith('stored').known('stored')]) if (file !== undefined) state.putKnown(file);
  expect(linkFirst.isWorthIt(saved('stored'))).toBe(false);
  linkFirst.caughtUp();
  expect(linkFirst.isWorthIt(saved('stored'))).toBe(true);
});
