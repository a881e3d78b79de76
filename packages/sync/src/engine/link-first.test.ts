import { expect, test } from 'vitest';
import { createLinkFirst } from './link-first.ts';

const found = [{ isHot: false }];

test('a folder whose first files the account does not have is sent without asking on', () => {
  const linkFirst = createLinkFirst();
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
  const linkFirst = createLinkFirst();
  for (let bundle = 0; bundle < 5; bundle += 1) {
    expect(linkFirst.isWorthIt(found)).toBe(true);
    linkFirst.asks(1_000);
    linkFirst.found(1);
  }
});

test('what somebody just saved is new', () => {
  expect(createLinkFirst().isWorthIt([{ isHot: true }])).toBe(false);
});
