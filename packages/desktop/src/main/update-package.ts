/** What the app runs from, as far as it can be replaced by a newer one; null when it can't. */
export type UpdatePackage = 'AppImage' | 'deb' | 'dmg' | 'nsis';

export interface InstalledFrom {
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
  /** Names where newer versions are published: only builds that are published, and signed where they must be, have it. */
  readonly hasUpdateAddress: boolean;
  /** The AppImage that was started. */
  readonly appImage: string | undefined;
  /** What electron-builder leaves in packages for a package manager: `deb`. */
  readonly packageType: string | null;
}

export function updatePackageOf(from: InstalledFrom): UpdatePackage | null {
  if (!from.isPackaged || !from.hasUpdateAddress) return null;
  switch (from.platform) {
    case 'darwin':
      return 'dmg';
    case 'win32':
      return 'nsis';
    case 'linux':
      if (from.packageType === 'deb') return 'deb';
      return from.packageType === null && from.appImage !== undefined ? 'AppImage' : null;
    default:
      return null;
  }
}
