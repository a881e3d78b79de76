import { dialog } from 'electron';
import { formatCount } from '../shared/format.ts';

const QUIT = 1;

/** Asks before downloads are broken off, which nobody would take up again: uploads go on by themselves at the next start. */
export async function mayQuit(downloads: number): Promise<boolean> {
  if (downloads === 0) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    buttons: ['Keep going', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    message: `${formatCount(downloads, 'file')} that you asked for ${downloads === 1 ? 'is' : 'are'} not here yet`,
    detail:
      'Downloads are broken off when you quit, and have to be started again. Uploads go on by themselves.',
  });
  return response === QUIT;
}
