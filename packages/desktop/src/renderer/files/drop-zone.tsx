import { type DragEvent, type ReactNode, useState } from 'react';
import { messageOf, uploadDropped } from '../lib/bridge.ts';
import { useToast } from '../ui/toast-context.ts';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/** Files and folders dropped here are uploaded. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  const toast = useToast();
  return (
    <section
      className="drop-zone"
      aria-label="My files"
      data-over={isOver}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        // From one thing in here to another, it is still over this.
        const { relatedTarget: to } = event;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length === 0) return;
        uploadDropped(files).then(
          () => toast({ text: 'Uploading. You can watch it on the Home page.' }),
          (error: unknown) => toast({ text: messageOf(error), isError: true }),
        );
      }}
    >
      {children}
      {isOver ? <p className="drop-hint">Drop to upload</p> : null}
    </section>
  );
}
