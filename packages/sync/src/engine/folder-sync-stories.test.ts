/** The stories that `test/integration/stories.test.ts` plays on a real folder and a real server. */
import { expect, test } from 'vitest';
import { playThrough } from '../../test/support/play.ts';
import { randomStories, STORIES } from '../../test/support/stories.ts';

test.each([...STORIES, ...randomStories(20, 1)])('in memory: $name', async ({ steps }) => {
  const play = await playThrough(steps);
  const { files, remote } = play.world;
  expect(remote.current()).toEqual(files.contents());
  expect(remote.versions.filter((version) => !play.wasWhole(version))).toEqual([]);
});
