import { join } from 'node:path';
import { filePathProblem } from '@instashare/contracts/rules';
import { CliError } from '../cli-error.ts';
import { printable } from '../format.ts';

const REFUSED_BY_WINDOWS = /[<>:"\\|?*]|[. ]$/;
const DEVICE_OF_WINDOWS = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(\.|$)/i;

/** Why the system takes no file of this name, or takes it for something else; null when it takes it. */
function nameProblem(name: string, platform: NodeJS.Platform): string | null {
  if (platform !== 'win32') return null;
  if (REFUSED_BY_WINDOWS.test(name)) return 'Windows takes no such name';
  return DEVICE_OF_WINDOWS.test(name) ? 'Windows takes the name for a device' : null;
}

/**
 * Where a path of the server's goes below a folder here. The server is not trusted: whatever it says, nothing comes
 * to lie outside the folder. Rejects with words for the person when the system takes no such name.
 */
export function localPathIn(folder: string, path: string, platform: NodeJS.Platform): string {
  const parts = path.split('/');
  const problem = filePathProblem(path) ?? parts.map((part) => nameProblem(part, platform)).find(Boolean);
  if (problem !== undefined) {
    const message = `${printable(path)} can't be a file here (${problem}): give it another name by -o`;
    throw new CliError(message, { code: 'invalid_name' });
  }
  return join(folder, ...parts);
}
