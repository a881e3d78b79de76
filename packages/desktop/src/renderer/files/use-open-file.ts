import { useState } from 'react';
import type { FileRow } from '../../shared/file-row.ts';
import type { WindowOutput } from '../../shared/window-procedures.ts';
import { call, messageOf } from '../lib/bridge.ts';
import { useToast } from '../ui/toast-context.ts';

const WORDS: Readonly<Record<WindowOutput<'files.open'>['as'], ((name: string) => string) | null>> = {
  local: null,
  copy: (name) => `You see a copy of ${name}. Changes that you make to it are not uploaded.`,
  shown: (name) => `${name} can run code on this computer: it is shown in its folder, and not opened.`,
  refused: null,
  cancelled: null,
};

export interface FileOpener {
  readonly open: (file: FileRow) => void;
  /** It can run code: it is not opened from here. */
  readonly refused: FileRow | null;
  readonly forgetRefused: () => void;
}

export function useOpenFile(): FileOpener {
  const toast = useToast();
  const [refused, setRefused] = useState<FileRow | null>(null);
  return {
    open(file) {
      call('files.open', { id: file.id }).then(
        ({ as }) => {
          if (as === 'refused') setRefused(file);
          const words = WORDS[as];
          if (words !== null) toast({ text: words(nameOf(file)) });
        },
        (error: unknown) => toast({ text: `${nameOf(file)}: ${messageOf(error)}`, isError: true }),
      );
    },
    refused,
    forgetRefused: () => setRefused(null),
  };
}

export const nameOf = ({ path }: Pick<FileRow, 'path'>): string => path.slice(path.lastIndexOf('/') + 1);
