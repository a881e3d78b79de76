import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FileRow } from '../../shared/file-row.ts';
import { formatCount } from '../../shared/format.ts';
import { call } from '../lib/bridge.ts';
import { FILES_KEY } from '../lib/follow-events.ts';
import { useAction, useRefreshFiles } from '../lib/hooks.ts';
import type { Tool } from '../list/toolbar.tsx';
import type { Selection } from '../list/use-selection.ts';
import { describeRestored } from '../trash/describe-restored.ts';
import { useToast } from '../ui/toast-context.ts';
import { LinkDialog } from './link-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

const DIALOGS = { link: LinkDialog, move: MoveDialog, versions: VersionsDialog };

/** It stays with the file it was opened for, whatever is selected then. */
interface Asked {
  readonly dialog: keyof typeof DIALOGS;
  readonly file: FileRow;
}

/** What can be done with what is selected, and the dialog that this asks for. */
export function useFileTools(
  selection: Selection<FileRow>,
  onOpen: (file: FileRow) => void,
): { readonly tools: readonly Tool[]; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { download, remove } = useFileActions(selection);
  const only = useOnlyFile(selection);
  const ids = [...selection.ids];
  const forOne = (run: (file: FileRow) => void) => ({
    isOn: only !== undefined,
    run: () => {
      if (only !== undefined) run(only);
    },
  });
  const forAll = ({ isPending }: { readonly isPending: boolean }, run: () => void) => ({
    isOn: ids.length > 0 && !isPending,
    run,
  });
  const ask = (dialog: Asked['dialog']) => (file: FileRow) => setAsked({ dialog, file });
  const tools: readonly Tool[] = [
    { icon: 'open', label: 'Open', ...forOne(onOpen) },
    { icon: 'down', label: 'Download…', ...forAll(download, () => download.mutate({ ids })) },
    { icon: 'link', label: 'Copy link…', ...forOne(ask('link')) },
    { icon: 'edit', label: 'Rename or move…', key: 'F2', ...forOne(ask('move')) },
    { icon: 'history', label: 'Versions…', ...forOne(ask('versions')) },
    {
      icon: 'trash',
      label: remove.isPending ? 'Deleting…' : 'Delete',
      key: 'Delete',
      ...forAll(remove, () => remove.mutate({ ids })),
    },
  ];
  if (asked === null) return { tools, dialog: null };
  const Dialog = DIALOGS[asked.dialog];
  const onClose = () => setAsked(null);
  return { tools, dialog: <Dialog file={asked.file} onClose={onClose} onMoved={selection.only} /> };
}

/** The one file that is selected, as it is now; undefined when it is none or more. */
function useOnlyFile({ ids, last }: Selection<FileRow>): FileRow | undefined {
  const [id = ''] = ids.size === 1 ? ids : [];
  const file = useQuery({
    queryKey: [...FILES_KEY, 'one', id],
    queryFn: () => call('files.get', { id }),
    enabled: id !== '',
    // What was clicked is known already.
    ...(last?.id === id ? { placeholderData: last } : {}),
    gcTime: 0,
  });
  return id === '' ? undefined : (file.data ?? undefined);
}

function useFileActions(selection: Selection<FileRow>) {
  const toast = useToast();
  const refresh = useRefreshFiles();
  const download = useAction('files.download', {
    onDone: ({ files }) => {
      if (files > 0)
        toast({ text: `Downloading ${formatCount(files, 'file')}. You can watch it on the Home page.` });
    },
  });
  const undelete = useAction('trash.restore', {
    onDone: (result) => {
      refresh();
      toast(describeRestored(result));
    },
  });
  const remove = useAction('files.delete', {
    onDone: ({ deleted, failure }) => {
      refresh();
      selection.drop(deleted);
      if (failure !== null) toast({ text: `The rest is still there: ${failure}`, isError: true });
      toast({
        text: `${formatCount(deleted.length, 'file')} moved to the trash.`,
        action: { label: 'Undo', run: () => undelete.mutate({ ids: deleted, underFreeNames: false }) },
      });
    },
  });
  return { download, remove };
}
