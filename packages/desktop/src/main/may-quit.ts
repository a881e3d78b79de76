import { dialog } from 'electron';
import { formatCount } from '../shared/format.ts';

const QUIT = 1;

/**
 * Asks before transfers are broken off that nobody would take up again: what was dropped onto the window, and downloads.
 * The folders go on by themselves at the next start.
 */
export async function mayQuit(handTransfers: number): Promise<boolean> {
  if (handTransfers === 0) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    buttons: ['Keep going', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    message: `${formatCount(handTransfers, 'file')} that you dropped here or asked for ${handTransfers === 1 ? 'is' : 'are'} not through yet`,
    detail:
      'They are broken off when you quit, and have to be started again. Your folders go on by themselves.',
  });
  return response === QUIT;
}
