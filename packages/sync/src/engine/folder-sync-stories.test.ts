/** The stories that `test/integration/stories.test.ts` plays on a real folder and a real server. */
import { expect, test } from 'vitest';
import { createWorld } from '../../test/support/memory-world.ts';
import { createPlay } from '../../test/support/play.ts';
import { randomStories, STORIES } from '../../test/support/stories.ts';

test.each([...STORIES, ...randomStories(20, 1)])('in memory: $name', async ({ steps }) => {
  const play = createPlay(createWorld());
  for (const step of steps) {
    await play.step(step);
    await play.world.clock.advance(1);
  }
  await play.end();
  const { files, remote } = play.world;
  expect(remote.current()).toEqual(files.contents());
  expect(remote.versions.filter((version) => !play.wasWhole(version))).toEqual([]);
});
