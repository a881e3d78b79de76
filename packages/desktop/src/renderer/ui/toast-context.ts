import { createContext, useContext } from 'react';

export interface Toast {
  readonly text: string;
  readonly isError?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a short message; with an action it can be undone from there. */
export const useToast = () => useContext(ToastContext);

export interface ShownToast extends Toast {
  readonly id: number;
  /** It has been read out where it was shown first, and is not to be once more. */
  readonly isOld: boolean;
}

export interface ShownToasts {
  readonly toasts: readonly ShownToast[];
  readonly dismiss: (id: number) => void;
  /** The places that could show them: the last one does. */
  readonly hosts: readonly string[];
  readonly addHost: (host: string) => void;
  readonly removeHost: (host: string) => void;
}

const unused = () => undefined;

export const ShownToastsContext = createContext<ShownToasts>({
  toasts: [],
  dismiss: unused,
  hosts: [],
  addHost: unused,
  removeHost: unused,
});
