import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileRow } from '@instashare/backend/database';
import { ZipFile } from 'yazl';
import type { Dependencies } from './dependencies.ts';
import { openFileContent } from './open-file-content.ts';

/** Files that are looked up at once; the next ones are when these have been sent. */
const PAGE_SIZE = 500;
const NOT_INCLUDED = 'NOT INCLUDED.txt';

export interface ZippedFolder {
  readonly userId: string;
  /** Ends with "/". */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * All files of a folder as one zip, stored as they are (zip64 where it must be). One file is open at a time, and of the
 * others only what the zip's own directory needs is kept. Files whose content can't be served are named in a file of
 * their own: nobody is to believe that all is there.
 */
export function zipFolder(
  deps: Pick<Dependencies, 'database' | 'objects'>,
  { userId, folder, signal }: ZippedFolder,
): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  const missing: string[] = [];

  const add = (file: FileRow, onOpen: () => void) => {
    const { sizeBytes: size, updatedAt: mtime } = file;
    const range = { offset: 0, lengthBytes: size, signal };
    zip.addReadStreamLazy(file.path.slice(folder.length), { compress: false, size, mtime }, (give) => {
      onOpen();
      openFileContent(deps, file, range).then((content) => {
        // The zip does not look whether a file breaks off: its reader would wait for the rest for ever.
        content.once('error', fail);
        give(null, content);
      }, fail);
    });
  };

  async function addPage(afterPath: string | null): Promise<void> {
    const page = { prefix: folder, status: null, afterPath, limit: PAGE_SIZE };
    const files = await deps.database.repositories.files.list(userId, page);
    missing.push(...files.filter(isFailed).map(({ path }) => path.slice(folder.length)));
    const readable = files.filter((file) => !isFailed(file));
    const next = files.length === PAGE_SIZE ? (files.at(-1)?.path ?? null) : null;
    const goOn = () => {
      if (next !== null) addPage(next).catch(fail);
    };
    for (const file of readable) add(file, file === readable.at(-1) ? goOn : () => {});
    if (readable.length === 0) goOn();
    if (next === null) end();
  }

  function end(): void {
    if (missing.length > 0) {
      const note = `The server could not read these:\n${missing.join('\n')}\n`;
      zip.addBuffer(Buffer.from(note), NOT_INCLUDED, { compress: false });
    }
    zip.end();
  }

  zip.on('error', fail);
  pipeline(zip.outputStream, output).catch(fail);
  addPage(null).catch(fail);
  return output;
}

const isFailed = ({ status }: FileRow): boolean => status === 'failed';
