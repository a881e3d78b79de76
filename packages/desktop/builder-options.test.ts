import { expect, test } from 'vitest';
import { builderOptions } from './builder-options.ts';

const RELEASE = { GITHUB_REPOSITORY: 'some/where', GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.20.3' };
const GITHUB = [
  '-c.publish.provider=github',
  '-c.publish.owner=some',
  '-c.publish.repo=where',
  '-c.publish.updaterCacheDirName=instashare-updater',
];
const HOME = '-c.extraMetadata.homepage=https://github.com/some/where';

test('a release has the version of its tag, and looks for newer ones where it is published', () => {
  expect(builderOptions({ environment: RELEASE, platform: 'linux' })).toEqual([
    '-c.extraMetadata.version=1.20.3',
    HOME,
    ...GITHUB,
  ]);
});

test('on macOS only what is signed can be replaced: the rest does not look', () => {
  const version = '-c.extraMetadata.version=1.20.3';
  expect(builderOptions({ environment: RELEASE, platform: 'darwin' })).toEqual([
    version,
    HOME,
    '-c.mac.identity=-',
    '-c.mac.hardenedRuntime=false',
  ]);
  expect(builderOptions({ environment: { ...RELEASE, CSC_LINK: 'x' }, platform: 'darwin' })).toEqual([
    version,
    HOME,
    ...GITHUB,
  ]);
});

test('what is made at home is published nowhere', () => {
  expect(builderOptions({ environment: {}, platform: 'win32' })).toEqual([]);
});

test('a tag that is no version is refused', () => {
  const environment = { ...RELEASE, GITHUB_REF_NAME: 'v2' };
  expect(() => builderOptions({ environment, platform: 'linux' })).toThrow('no version');
});
