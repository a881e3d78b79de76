import { expect, test } from 'vitest';
import { type InstalledFrom, updatePackageOf } from './update-package.ts';

const APP_IMAGE: InstalledFrom = {
  isPackaged: true,
  platform: 'linux',
  hasUpdateAddress: true,
  appImage: '/home/a/Instashare.AppImage',
  packageType: null,
};

test.each<[string, Partial<InstalledFrom>, string | null]>([
  ['an AppImage', {}, 'AppImage'],
  ['a package of Debian', { appImage: undefined, packageType: 'deb' }, 'deb'],
  ['macOS', { appImage: undefined, platform: 'darwin' }, 'dmg'],
  ['Windows', { appImage: undefined, platform: 'win32' }, 'nsis'],
  ['a folder that was unpacked', { appImage: undefined }, null],
  ['a package that its manager keeps', { appImage: undefined, packageType: 'pacman' }, null],
  ['a build that is published nowhere', { hasUpdateAddress: false }, null],
  ['a checkout', { isPackaged: false }, null],
  ['another system', { platform: 'freebsd' }, null],
])('%s', (_what, changes, expected) => {
  expect(updatePackageOf({ ...APP_IMAGE, ...changes })).toBe(expected);
});
