import { useLayoutEffect, useRef, useState } from 'react';
import type { WindowInput, WindowOutput, WindowProcedure } from '../../shared/window-procedures.ts';
import { useToast } from '../ui/toast-context.ts';
import { messageOf } from './bridge.ts';
import { useAction, useRefreshFiles } from './hooks.ts';

interface DialogActionOptions<N extends WindowProcedure> {
  /** It is done, and the dialog is still there. */
  readonly onDone: (output: WindowOutput<N>) => void;
  /** The same in words, for when the dialog was closed before; or for either, when `isAlwaysTold`. */
  readonly describe: (output: WindowOutput<N>) => string;
  readonly isAlwaysTold?: boolean;
}

/** What a dialog asks for. What comes of it is not lost when the dialog is closed meanwhile: then it is a toast. */
export function useDialogAction<N extends WindowProcedure>(
  name: N,
  { onDone, describe, isAlwaysTold = false }: DialogActionOptions<N>,
) {
  const toast = useToast();
  const refresh = useRefreshFiles();
  const isOpen = useIsMounted();
  const [error, setError] = useState<unknown>(null);
  const action = useAction(name, {
    onDone: (output) => {
      refresh();
      if (isAlwaysTold || !isOpen.current) toast({ text: describe(output) });
      if (isOpen.current) onDone(output);
    },
    onError: (caught) => {
      if (isOpen.current) setError(caught);
      else toast({ text: messageOf(caught), isError: true });
    },
  });
  return {
    isPending: action.isPending,
    error,
    run(input: WindowInput<N>): void {
      setError(null);
      action.mutate(input);
    },
  };
}

function useIsMounted() {
  const isMounted = useRef(false);
  // Not a moment after it has gone.
  useLayoutEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return isMounted;
}
