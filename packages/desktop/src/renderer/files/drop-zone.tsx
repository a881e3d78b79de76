import { type DragEvent, type ReactNode, useState } from 'react';
import { messageOf, uploadDropped } from '../lib/bridge.ts';
import { useToast } from '../ui/toast-context.ts';

/** What lies on a dialog is not meant for what is below it. */
const isForUs = ({ dataTransfer, target }: DragEvent): boolean =>
  dataTransfer.types.includes('Files') && !(target instanceof Element && target.closest('dialog') !== null);

/** Files and folders dropped here are uploaded, whatever is shown. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  const toast = useToast();
  return (
    <div
      className="drop-zone"
      data-over={isOver}
      onDragOver={(event) => {
        if (!isForUs(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        // From one thing in it to another is not away.
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length === 0 || !isForUs(event)) return;
        uploadDropped(files).then(
          () => toast({ text: 'Uploading. You can watch it on the Home page.' }),
          (error: unknown) => toast({ text: messageOf(error), isError: true }),
        );
      }}
    >
      {children}
      {isOver ? (
        <p className="drop-hint" role="status">
          Drop to upload. Folders go up with all that is in them.
        </p>
      ) : null}
    </div>
  );
}
