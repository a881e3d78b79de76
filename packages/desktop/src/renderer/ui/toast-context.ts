import { createContext, useContext } from 'react';

export interface Toast {
  readonly text: string;
  readonly isError?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a short message; with an action it can be undone from there. */
export const useToast = () => useContext(ToastContext);
