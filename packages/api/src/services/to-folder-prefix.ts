/** What the paths of all files in a folder start with. */
export const toFolderPrefix = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`);
