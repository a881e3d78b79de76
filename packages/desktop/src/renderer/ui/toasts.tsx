import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { keepToasts } from './keep-toasts.ts';
import { type ShownToast, ShownToastsContext, type Toast, ToastContext } from './toast-context.ts';

/** Keeps the short messages that are shown; a {@link ToastHost} shows them. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const [hosts, setHosts] = useState<readonly string[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: Toast) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((all) => keepToasts(all, { ...toast, id, isOld: false }));
  }, []);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const changeHosts = useCallback((change: (all: readonly string[]) => readonly string[]) => {
    setHosts(change);
    setToasts((all) => all.map((toast) => ({ ...toast, isOld: true })));
  }, []);
  const addHost = useCallback((host: string) => changeHosts((all) => [...all, host]), [changeHosts]);
  const removeHost = useCallback(
    (host: string) => changeHosts((all) => all.filter((other) => other !== host)),
    [changeHosts],
  );
  const shown = useMemo(
    () => ({ toasts, dismiss, hosts, addHost, removeHost }),
    [toasts, dismiss, hosts, addHost, removeHost],
  );
  return (
    <ToastContext value={show}>
      <ShownToastsContext value={shown}>{children}</ShownToastsContext>
    </ToastContext>
  );
}
