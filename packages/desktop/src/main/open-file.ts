import { shell } from 'electron';
import { AppFailure } from '../shared/app-failure.ts';
import type { WindowOutput } from '../shared/window-procedures.ts';
import type { EngineHost } from './engine-host.ts';

/** Opens a file in the system's program for it; what may run code is shown in its folder at most. */
export async function openFile(
  engine: EngineHost,
  input: { readonly id: string; readonly folder: string },
): Promise<WindowOutput<'files.open'>> {
  const found = await engine.ask('files.findToOpen', input).catch((error: unknown) => {
    if (isCancelled(error)) return null;
    throw error;
  });
  if (found === null) return { as: 'cancelled' };
  if (found.state === 'refused') return { as: 'refused' };
  if (found.state === 'local' && found.mayRunCode) {
    shell.showItemInFolder(found.path);
    return { as: 'shown' };
  }
  const problem = await shell.openPath(found.path);
  if (problem !== '')
    throw new AppFailure({ code: 'not_opened', message: `The system could not open it: ${problem}` });
  return { as: found.state };
}

/** Downloads into a folder that the person has chosen, and shows the file there. */
export async function downloadAndShow(
  engine: EngineHost,
  input: { readonly id: string; readonly folder: string },
): Promise<{ isShown: boolean }> {
  try {
    const { path } = await engine.ask('files.downloadOne', input);
    shell.showItemInFolder(path);
    return { isShown: true };
  } catch (error) {
    if (isCancelled(error)) return { isShown: false };
    throw error;
  }
}

const isCancelled = (error: unknown): boolean => error instanceof AppFailure && error.code === 'cancelled';
