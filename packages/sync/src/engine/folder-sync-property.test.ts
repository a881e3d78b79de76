/**
 * Random edits, hints that are lost or come late, broken lines, lost answers and kills at random moments: in the end the
 * server has what the folder has, and never had anything else.
 *
 *   npm run fuzz:sync                                # 20,000 runs
 *   SYNC_RUNS=500 SYNC_SEED=7 npm run fuzz:sync      # as many as that, the same again
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hint, playThrough, type Step } from '../../test/support/play.ts';

const MORE = process.env['SYNC_RUNS'];
const RUNS = Number(MORE ?? 1000);
/** In CI always the same; who asks for more gets others each time. */
const SEED = Number(
  process.env['SYNC_SEED'] ?? (MORE === undefined ? 1 : Math.floor(Math.random() * 2 ** 31)),
);
const TEST_MS = 60_000 + RUNS * 200;

const FOLDERS = ['', 'd/', 'd/e/', 'g/'];
const NAMES = ['a', 'b', 'c'];

const paths = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES))
  .map(([folder, name]) => folder + name);
const folders = fc.constantFrom('d', 'g', 'h');
const hints = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Hint>('now') },
  { weight: 2, arbitrary: fc.constantFrom<Hint>('late', 'lost') },
);
const steps: fc.Arbitrary<Step> = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  { weight: 12, arbitrary: record('write') },
  { weight: 3, arbitrary: record('append') },
  { weight: 1, arbitrary: record('touch') },
  { weight: 4, arbitrary: record('remove') },
  { weight: 1, arbitrary: record('writeLarge') },
  { weight: 2, arbitrary: record('writeWhileRead') },
  { weight: 2, arbitrary: record('save') },
  { weight: 5, arbitrary: recordTo('rename') },
  { weight: 1, arbitrary: recordTo('swap') },
  { weight: 1, arbitrary: recordTo('link') },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('renameFolder'), path: folders, to: folders, hint: hints }),
  },
  { weight: 12, arbitrary: fc.record({ does: fc.constant('wait'), ms: fc.nat(4_000) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('undo') }) },
  {
    weight: 7,
    arbitrary: fc.record({
      does: fc.constantFrom('start', 'start', 'kill', 'stop', 'loseWatch', 'hintLate'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'breakLine',
        'mendLine',
        'slowLine',
        'quickLine',
        'cutNext',
        'loseAnswer',
        'killAtAnswer',
        'killAtSending',
      ),
    }),
  },
);

function record<Does extends string>(does: Does) {
  return fc.record({ does: fc.constant(does), path: paths, hint: hints });
}

function recordTo<Does extends string>(does: Does) {
  return fc.record({ does: fc.constant(does), path: paths, to: paths, hint: hints });
}

test(`after whatever happened the server has what the folder has (seed ${SEED})`, {
  timeout: TEST_MS,
}, async () => {
  const script = fc.array(steps, { minLength: 1, maxLength: 40 });
  await fc.assert(fc.asyncProperty(fc.boolean(), script, runScript), { numRuns: RUNS, seed: SEED });
});

async function runScript(isWatched: boolean, script: readonly Step[]): Promise<void> {
  const play = await playThrough(isWatched ? [{ does: 'start' }, ...script] : script);
  const { files, remote } = play.world;
  expect(remote.current()).toEqual(files.contents());
  // Only whole contents ever became versions.
  expect(remote.versions.filter((version) => !play.wasWhole(version))).toEqual([]);
  expect(remote.versions.length).toBeLessThanOrEqual(play.changes());
}

test(`undisturbed, each content goes up once, and what is renamed or touched never (seed ${SEED})`, {
  timeout: TEST_MS,
}, async () => {
  const calm = <Does extends string>(does: Does) =>
    fc.record({ does: fc.constant(does), path: paths, hint: fc.constant<Hint>('now') });
  const calmTo = <Does extends string>(does: Does, places: fc.Arbitrary<string>) =>
    fc.record({ does: fc.constant(does), path: places, to: places, hint: fc.constant<Hint>('now') });
  const edit: fc.Arbitrary<Step> = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { weight: 6, arbitrary: calm('write') },
    { weight: 1, arbitrary: calm('append') },
    { weight: 1, arbitrary: calm('writeLarge') },
    { weight: 1, arbitrary: calm('save') },
    { weight: 2, arbitrary: calm('touch') },
    { weight: 2, arbitrary: calm('remove') },
    { weight: 5, arbitrary: calmTo('rename', paths) },
    { weight: 3, arbitrary: calmTo('renameFolder', folders) },
  );
  const script = fc.array(edit, { minLength: 1, maxLength: 25 });
  const runCalm = async (edits: readonly Step[]): Promise<void> => {
    const wait: Step = { does: 'wait', ms: 20_000 };
    const play = await playThrough([{ does: 'start' }, ...edits.flatMap((each) => [each, wait])]);
    const { files, remote } = play.world;
    expect(remote.current()).toEqual(files.contents());
    expect(remote.versions.length).toBeLessThanOrEqual(play.brought());
  };
  await fc.assert(fc.asyncProperty(script, runCalm), { numRuns: Math.ceil(RUNS / 4), seed: SEED });
});
