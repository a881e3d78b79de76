import { localPathIn } from '@instashare/sync';
import { AppFailure } from '../shared/app-failure.ts';

/**
 * Where a path of the server's goes below a folder that was chosen here. The server is not trusted with that: whatever would
 * lead out of the folder, or is no name on this system, is refused.
 */
export function placeBelow(folder: string, below: string, platform: NodeJS.Platform): string {
  try {
    return localPathIn(folder, below, platform);
  } catch {
    // The command offers its own way out, which there is none of here.
    throw new AppFailure({
      code: 'invalid_name',
      message: `This system takes no file of the name ${below}: rename it first`,
    });
  }
}
