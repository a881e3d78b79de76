import * as fc from 'fast-check';
import type { Edit, Event, Relocation, Step } from './play.ts';

/** What happens to a folder and to the one who watches it; played on a world in memory and on a real one. */
export interface Story {
  readonly name: string;
  readonly steps: readonly Step[];
}

const edit =
  (does: Edit['does']) =>
  (path: string): Step => ({ does, path, hint: 'now' });
const relocation =
  (does: Relocation['does']) =>
  (path: string, to: string): Step => ({
    does,
    path,
    to,
    hint: 'now',
  });
const event = (does: Event['does']): Step => ({ does });
const wait = (ms: number): Step => ({ does: 'wait', ms });

const [write, append, touch, save] = [edit('write'), edit('append'), edit('touch'), edit('save')];
const [writeLarge, remove] = [edit('writeLarge'), edit('remove')];
const [rename, swap, copy] = [relocation('rename'), relocation('swap'), relocation('copy')];
const [link, renameFolder] = [relocation('link'), relocation('renameFolder')];
const [start, stop, kill, undo] = [event('start'), event('stop'), event('kill'), event('undo')];
const started = [start, wait(2_500)];

export const STORIES: readonly Story[] = [
  {
    name: 'edits',
    steps: [
      write('a'),
      ...started,
      append('a'),
      wait(300),
      write('a'),
      touch('a'),
      write('d/b'),
      touch('d/b'),
    ],
  },
  {
    name: 'save dances',
    steps: [
      write('doc'),
      ...started,
      save('doc'),
      wait(100),
      save('doc'),
      wait(1_500),
      rename('doc', 'doc~'),
      write('doc'),
      wait(1_500),
      remove('doc'),
      wait(500),
      write('doc'),
    ],
  },
  {
    name: 'moves of files and folders',
    steps: [
      write('d/a'),
      write('d/b'),
      write('c'),
      ...started,
      rename('c', 'd/c'),
      renameFolder('d', 'g'),
      wait(1_000),
      append('g/a'),
      rename('g/b', 'b'),
      renameFolder('g', 'h/i'),
    ],
  },
  {
    name: 'swaps',
    steps: [write('a'), write('b'), ...started, swap('a', 'b'), wait(1_500), swap('a', 'b'), write('a')],
  },
  {
    name: 'deletes',
    steps: [
      write('a'),
      write('b'),
      write('d/c'),
      ...started,
      remove('a'),
      remove('d/c'),
      wait(4_000),
      write('a'),
      remove('b'),
    ],
  },
  {
    name: 'undo',
    steps: [
      write('a'),
      write('b'),
      ...started,
      remove('a'),
      wait(1_000),
      undo,
      rename('b', 'c'),
      wait(500),
      undo,
      remove('a'),
      wait(4_000),
      undo,
    ],
  },
  {
    name: 'copies',
    steps: [
      write('a'),
      writeLarge('large'),
      ...started,
      copy('a', 'copy of a'),
      copy('large', 'd/large'),
      link('a', 'second'),
      wait(1_500),
      append('copy of a'),
      write('d/large'),
    ],
  },
  {
    name: 'a restart in between',
    steps: [
      write('a'),
      write('d/b'),
      write('c'),
      ...started,
      stop,
      append('a'),
      rename('d/b', 'e'),
      remove('c'),
      write('new'),
      start,
    ],
  },
  {
    name: 'kill -9 in between',
    steps: [
      write('a'),
      write('d/b'),
      writeLarge('large'),
      start,
      wait(700),
      kill,
      append('a'),
      renameFolder('d', 'g'),
      start,
      wait(900),
      kill,
      writeLarge('large'),
      write('g/b'),
      start,
    ],
  },
  {
    name: 'kill -9 about when it moves and deletes',
    steps: [
      write('a'),
      write('b'),
      write('c'),
      ...started,
      remove('a'),
      rename('b', 'd/b'),
      wait(3_050),
      kill,
      write('a'),
      rename('d/b', 'b'),
      start,
    ],
  },
];

const paths = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'g/a');
const folders = fc.constantFrom('d', 'g');
const onPath = (...does: readonly Edit['does'][]) =>
  fc.record({ does: fc.constantFrom(...does), path: paths, hint: fc.constant('now' as const) });
const onTwo = (...does: readonly Relocation['does'][]) =>
  fc.record({ does: fc.constantFrom(...does), path: paths, to: paths, hint: fc.constant('now' as const) });

const steps: fc.Arbitrary<Step> = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  { weight: 6, arbitrary: onPath('write', 'append', 'save', 'remove', 'writeLarge', 'touch') },
  { weight: 4, arbitrary: onTwo('rename', 'swap', 'copy') },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('renameFolder'),
      path: folders,
      to: folders,
      hint: fc.constant('now'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('wait'), ms: fc.nat(1_500) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('start', 'start', 'kill', 'stop', 'undo') }) },
);

/** So many stories that nobody thought of; the same ones for a seed. */
export function randomStories(count: number, seed: number): Story[] {
  const scripts = fc.sample(fc.array(steps, { minLength: 10, maxLength: 20 }), { numRuns: count, seed });
  return scripts.map((script, index) => ({
    name: `random script ${index} of seed ${seed}`,
    steps: [start, ...script],
  }));
}
