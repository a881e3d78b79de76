import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Restored, TrashRow } from '../../shared/trash-row.ts';
import { call } from '../lib/bridge.ts';
import { FILES_KEY } from '../lib/follow-events.ts';
import { useAction, useRefreshFiles } from '../lib/hooks.ts';
import type { Tool } from '../list/toolbar.tsx';
import type { Selection } from '../list/use-selection.ts';
import { useToast } from '../ui/toast-context.ts';
import { describeRestored } from './describe-restored.ts';
import { EmptyDialog, PurgeDialog, TakenDialog } from './trash-dialogs.tsx';

type Asked =
  | { readonly what: 'taken'; readonly taken: Restored['taken'] }
  | { readonly what: 'purge'; readonly ids: readonly string[] }
  | { readonly what: 'empty'; readonly files: number; readonly sizeBytes: number };

/** What can be done with what is in the trash, and the dialog that this asks for. */
export function useTrashTools(selection: Selection<TrashRow>): {
  readonly tools: readonly Tool[];
  readonly dialog: ReactNode;
} {
  const [asked, setAsked] = useState<Asked | null>(null);
  const restore = useRestore(selection, (taken) => setAsked({ what: 'taken', taken }));
  const ids = [...selection.ids];
  const hasSome = ids.length > 0;
  const size = useQuery({
    queryKey: [...FILES_KEY, 'trash-size'],
    queryFn: () => call('trash.size', undefined),
  }).data;
  const tools: readonly Tool[] = [
    {
      icon: 'history',
      label: restore.isPending ? 'Restoring…' : 'Restore',
      isOn: hasSome && !restore.isPending,
      run: () => restore.mutate({ ids, underFreeNames: false }),
    },
    {
      icon: 'close',
      label: 'Delete for good…',
      key: 'Delete',
      isOn: hasSome,
      run: () => setAsked({ what: 'purge', ids }),
    },
    {
      icon: 'trash',
      label: 'Empty trash…',
      isOn: size?.isComplete === true && size.files > 0,
      run: () => size !== undefined && setAsked({ what: 'empty', ...size }),
    },
  ];
  const onClose = () => setAsked(null);
  return { tools, dialog: asked === null ? null : dialogFor(asked, selection, onClose) };
}

function dialogFor(asked: Asked, selection: Selection<TrashRow>, onClose: () => void): ReactNode {
  switch (asked.what) {
    case 'taken':
      return <TakenDialog taken={asked.taken} onRestored={selection.drop} onClose={onClose} />;
    case 'purge':
      return <PurgeDialog ids={asked.ids} onPurged={() => selection.drop(asked.ids)} onClose={onClose} />;
    case 'empty':
      return <EmptyDialog {...asked} onEmptied={selection.clear} onClose={onClose} />;
  }
}

function useRestore(selection: Selection<TrashRow>, onTaken: (taken: Restored['taken']) => void) {
  const toast = useToast();
  const refresh = useRefreshFiles();
  return useAction('trash.restore', {
    onDone(result) {
      refresh();
      selection.clear();
      // What stayed is asked about at once.
      if (result.restored > 0 || result.taken.length === 0) toast(describeRestored({ ...result, taken: [] }));
      if (result.taken.length > 0) onTaken(result.taken);
    },
  });
}
