import { useState } from 'react';
import type { FileRow } from '../../shared/file-row.ts';

export interface Selection {
  readonly files: readonly FileRow[];
  readonly has: (id: string) => boolean;
  /** Only this one. */
  readonly only: (file: FileRow) => void;
  readonly toggle: (file: FileRow) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const [selected, setSelected] = useState<ReadonlyMap<string, FileRow>>(new Map());
  return {
    files: [...selected.values()],
    has: (id) => selected.has(id),
    only: (file) => setSelected(new Map([[file.id, file]])),
    toggle: (file) =>
      setSelected((before) => {
        const after = new Map(before);
        if (!after.delete(file.id)) after.set(file.id, file);
        return after;
      }),
    clear: () => setSelected(new Map()),
  };
}
