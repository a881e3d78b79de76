import { type FocusEvent, useContext, useEffect, useId, useRef } from 'react';
import { ShownToastsContext } from './toast-context.ts';
import { ToastItem } from './toast-item.tsx';

/**
 * Where short messages are shown, below everything else so that they cover nothing. A dialog has one of its own: what
 * lies beneath it can't be reached while it is open. Each message is read out once, where it was shown first.
 */
export function ToastHost() {
  const { toasts, dismiss, hosts, addHost, removeHost } = useContext(ShownToastsContext);
  const host = useId();
  const element = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<Element | null>(null);
  useEffect(() => {
    addHost(host);
    return () => removeHost(host);
  }, [host, addHost, removeHost]);

  const rememberFocus = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Element && element.current?.contains(relatedTarget) === false)
      cameFrom.current = relatedTarget;
  };
  const onDismiss = (id: number) => {
    const hadFocus = element.current?.contains(document.activeElement) === true;
    dismiss(id);
    if (hadFocus) giveBackFocus(cameFrom.current);
  };

  const here = hosts.at(-1) === host ? toasts : [];
  const itemsOf = (isOld: boolean) =>
    here
      .filter((toast) => toast.isOld === isOld)
      .map((toast) => <ToastItem key={toast.id} toast={toast} onDismiss={() => onDismiss(toast.id)} />);
  return (
    <section ref={element} className="toasts" aria-label="Messages" onFocus={rememberFocus}>
      {itemsOf(true)}
      <div className="toasts-new" role="status">
        {itemsOf(false)}
      </div>
    </section>
  );
}

/** To where it was before, or to the page where that is gone. */
function giveBackFocus(to: Element | null): void {
  const target = to?.isConnected === true ? to : document.querySelector('main');
  if (target instanceof HTMLElement) target.focus();
}
