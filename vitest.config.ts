import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const SECOND_MS = 1_000;

/** Small files that take up to a minute: they come first, or the last one of them keeps one core waiting for it alone. */
const LONG = /\/(crash|scripts\/test)\//;

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's own, and no method of an array
    const sorted = await super.sort(files);
    const { long = [], others = [] } = Object.groupBy(sorted, ({ moduleId }) =>
      LONG.test(moduleId) ? 'long' : 'others',
    );
    return [...long, ...others];
  }
}

export default defineConfig({
  test: {
    // A test that waits for ever says so, and never is one tried again until it passes.
    retry: 0,
    restoreMocks: true,
    // What is waited for comes when it comes: only never is a failure.
    expect: { poll: { timeout: 15 * SECOND_MS } },
    unstubEnvs: true,
    // Programs that tests start load the same code again and again: its compiled form is kept, as by `npm start`.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'node-compile-cache'),
    },
    slowTestThreshold: SECOND_MS,
    teardownTimeout: 60 * SECOND_MS,
    // The default leaves one core to watch mode; tests that start servers mostly wait.
    maxWorkers: '100%',
    sequence: { sequencer: LongOnesFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,tools}/*/{src/**/,}*.test.ts', 'scripts/start/*.test.ts', 'bench/*.test.ts'],
          testTimeout: 10 * SECOND_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['packages/*/test/integration/**/*.test.ts', 'scripts/test/*.test.ts', 'crash/*.test.ts'],
          globalSetup: 'packages/backend/test/support/global-setup.ts',
          testTimeout: 30 * SECOND_MS,
          hookTimeout: 30 * SECOND_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'acceptance',
          include: ['acceptance/**/*.test.ts'],
          exclude: ['acceptance/desktop/**'],
          globalSetup: 'acceptance/global-setup.ts',
          // They share one running program and watch its memory.
          fileParallelism: false,
          testTimeout: 120 * SECOND_MS,
          hookTimeout: 120 * SECOND_MS,
        },
      },
      {
        extends: true,
        test: {
          name: 'desktop',
          include: ['acceptance/desktop/**/*.test.ts'],
          globalSetup: 'acceptance/desktop/global-setup.ts',
          // One app at a time: they share a display and the focus.
          fileParallelism: false,
          testTimeout: 240 * SECOND_MS,
          hookTimeout: 120 * SECOND_MS,
        },
      },
    ],
  },
});
