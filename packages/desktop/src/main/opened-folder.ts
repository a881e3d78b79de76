import { rmSync } from 'node:fs';

/** Where copies lie that were made to be opened: nobody else can look into it, and nothing in it is kept. */
export interface OpenedFolder {
  readonly path: string;
  /** Takes away what is in it, but for what a program still holds on to, where the system minds: that goes the next time. */
  readonly clear: () => void;
}

/** Empty, whatever a crash has left. */
export function createOpenedFolder(path: string): OpenedFolder {
  const clear = () => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Windows, and somebody has one of them open.
    }
  };
  clear();
  return { path, clear };
}
