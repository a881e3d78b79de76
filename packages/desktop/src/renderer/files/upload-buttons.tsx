import { formatCount } from '../../shared/format.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { useToast } from '../ui/toast-context.ts';

/** What dropping does, for those who don't drag. */
export function UploadButtons() {
  return (
    <>
      <UploadButton kind="files" label="Upload files…" noun="file" />
      <UploadButton kind="folders" label="Upload a folder…" noun="folder" />
    </>
  );
}

interface UploadButtonProps {
  readonly kind: 'files' | 'folders';
  readonly label: string;
  readonly noun: string;
}

function UploadButton({ kind, label, noun }: UploadButtonProps) {
  const toast = useToast();
  const upload = useAction('files.chooseUploads', {
    onDone: ({ chosen }) => {
      if (chosen > 0)
        toast({ text: `Uploading ${formatCount(chosen, noun)}. You can watch it on the Home page.` });
    },
  });
  return (
    <button
      type="button"
      className="button"
      // One dialog at a time.
      aria-disabled={upload.isPending}
      onClick={() => {
        if (!upload.isPending) upload.mutate({ kind });
      }}
    >
      <Icon name={kind === 'files' ? 'up' : 'folder'} /> {label}
    </button>
  );
}
