import { useState } from 'react';
import type { FileRow } from '../../shared/file-row.ts';
import { formatCount } from '../../shared/format.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useToast } from '../ui/toast-context.ts';
import { MoveDialog } from './move-dialog.tsx';
import type { Selection } from './use-selection.ts';
import { VersionsDialog } from './versions-dialog.tsx';

interface Tool {
  readonly icon: IconName;
  readonly label: string;
  readonly isOn: boolean;
  readonly run: () => void;
}

interface FileActionsProps {
  readonly selection: Selection;
  readonly onOpen: (file: FileRow) => void;
}

/** What can be done with what is selected. */
export function FileActions({ selection, onOpen }: FileActionsProps) {
  const [dialog, setDialog] = useState<'move' | 'versions' | null>(null);
  const { download, copyLink, remove } = useFileActions(selection);
  const { files } = selection;
  const [one] = files;
  const only = files.length === 1 ? one : undefined;
  const ids = files.map(({ id }) => id);
  const forOne = (run: (file: FileRow) => void) => ({
    isOn: only !== undefined,
    run: () => {
      if (only !== undefined) run(only);
    },
  });
  const forAll = (run: () => void) => ({
    isOn: ids.length > 0,
    run: () => {
      if (ids.length > 0) run();
    },
  });
  const tools: readonly Tool[] = [
    { icon: 'open', label: 'Open', ...forOne(onOpen) },
    { icon: 'down', label: 'Download…', ...forAll(() => download.mutate({ ids })) },
    { icon: 'link', label: 'Copy link', ...forOne(({ id }) => copyLink.mutate({ id, expiresInDays: null })) },
    { icon: 'edit', label: 'Rename or move…', ...forOne(() => setDialog('move')) },
    { icon: 'history', label: 'Versions…', ...forOne(() => setDialog('versions')) },
    { icon: 'trash', label: 'Delete', ...forAll(() => remove.mutate({ ids })) },
  ];
  return (
    <div className="toolbar" role="toolbar" aria-label="Actions for the selected files">
      {tools.map(({ icon, label, isOn, run }) => (
        <button key={label} type="button" className="button" aria-disabled={!isOn} onClick={run}>
          <Icon name={icon} /> {label}
        </button>
      ))}
      {dialog === 'move' && only !== undefined ? (
        <MoveDialog file={only} onClose={() => setDialog(null)} onMoved={selection.only} />
      ) : null}
      {dialog === 'versions' && only !== undefined ? (
        <VersionsDialog file={only} onClose={() => setDialog(null)} />
      ) : null}
    </div>
  );
}

function useFileActions(selection: Selection) {
  const toast = useToast();
  const download = useAction('files.download', {
    onDone: ({ files }) => {
      if (files > 0)
        toast({ text: `Downloading ${formatCount(files, 'file')}. You can watch it on the Home page.` });
    },
  });
  const copyLink = useAction('files.copyLink', {
    onDone: () => toast({ text: 'The link is on the clipboard. Whoever has it can download the file.' }),
  });
  const undelete = useAction('files.undelete', { onDone: () => toast({ text: 'Restored.' }) });
  const remove = useAction('files.delete', {
    onDone: ({ deleted }) => {
      selection.clear();
      toast({
        text: `${formatCount(deleted.length, 'file')} moved to the trash.`,
        action: { label: 'Undo', run: () => undelete.mutate({ ids: deleted }) },
      });
    },
  });
  return { download, copyLink, remove };
}
