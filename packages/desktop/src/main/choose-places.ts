import { dialog, type OpenDialogOptions } from 'electron';
import type { MainWindow } from './main-window.ts';

/** Asks for a folder; null when the dialog is dismissed. */
export async function chooseFolder(
  window: MainWindow,
  title: string,
  buttonLabel: string,
): Promise<string | null> {
  const properties: OpenDialogOptions['properties'] = ['openDirectory', 'createDirectory'];
  const [folder] = await choose(window, { title, buttonLabel, properties });
  return folder ?? null;
}

/** Asks for what is to be uploaded: not every system can show one dialog for files and folders both. */
export function chooseUploads(window: MainWindow, kind: 'files' | 'folders'): Promise<string[]> {
  return choose(window, {
    title: kind === 'files' ? 'Choose files to upload' : 'Choose folders to upload',
    buttonLabel: 'Upload',
    properties: [kind === 'files' ? 'openFile' : 'openDirectory', 'multiSelections'],
  });
}

/** Nothing when it is dismissed. */
async function choose({ current }: MainWindow, wanted: OpenDialogOptions): Promise<string[]> {
  const parent = current();
  const { filePaths } =
    parent === null ? await dialog.showOpenDialog(wanted) : await dialog.showOpenDialog(parent, wanted);
  return filePaths;
}
