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
import { MoveDialog } from './move-dialog.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

/** What can be done with what is selected, and the dialog that this asks for. */
export function useFileTools(
  selection: Selection<FileRow>,
  onOpen: (file: FileRow) => void,
): { readonly tools: readonly Tool[]; readonly dialog: ReactNode } {
  const [dialog, setDialog] = useState<'move' | 'versions' | null>(null);
  const { download, copyLink, remove } = useFileActions(selection);
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
  const tools: readonly Tool[] = [
    { icon: 'open', label: 'Open', ...forOne(onOpen) },
    { icon: 'down', label: 'Download…', ...forAll(download, () => download.mutate({ ids })) },
    { icon: 'link', label: 'Copy link', ...forOne(({ id }) => copyLink.mutate({ id, expiresInDays: null })) },
    { icon: 'edit', label: 'Rename or move…', key: 'F2', ...forOne(() => setDialog('move')) },
    { icon: 'history', label: 'Versions…', ...forOne(() => setDialog('versions')) },
    {
      icon: 'trash',
      label: remove.isPending ? 'Deleting…' : 'Delete',
      key: 'Delete',
      ...forAll(remove, () => remove.mutate({ ids })),
    },
  ];
  const close = () => setDialog(null);
  if (dialog === null || only === undefined) return { tools, dialog: null };
  return {
    tools,
    dialog:
      dialog === 'move' ? (
        <MoveDialog key={only.id} file={only} onClose={close} onMoved={selection.only} />
      ) : (
        <VersionsDialog key={only.id} file={only} onClose={close} />
      ),
  };
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
  const copyLink = useAction('files.copyLink', {
    onDone: () => toast({ text: 'The link is on the clipboard. Whoever has it can download the file.' }),
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
  return { download, copyLink, remove };
}
