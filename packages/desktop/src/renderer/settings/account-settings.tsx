import { useState } from 'react';
import { useAction, useAppInfo, useKnownState } from '../lib/hooks.ts';
import { Dialog } from '../ui/dialog.tsx';

interface AccountSettingsProps {
  readonly account: { readonly email: string; readonly server: string };
}

export function AccountSettings({ account }: AccountSettingsProps) {
  const [asks, setAsks] = useState<'here' | 'everywhere' | null>(null);
  const info = useAppInfo();
  return (
    <section className="panel" aria-label="Account">
      <h2>Account</h2>
      <p>
        <strong>{account.email}</strong> at {account.server}
      </p>
      <p className="hint">
        {info?.hasKeychain === false
          ? 'This system has no keychain: the log-in is kept in a file that only your user account can read.'
          : 'The log-in is kept in the keychain of this system.'}
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={() => setAsks('here')}>
          Sign out…
        </button>
        <button type="button" className="button" onClick={() => setAsks('everywhere')}>
          Sign out everywhere…
        </button>
      </div>
      {asks === null ? null : <SignOutDialog scope={asks} onClose={() => setAsks(null)} />}
    </section>
  );
}

interface SignOutDialogProps {
  readonly scope: 'here' | 'everywhere';
  readonly onClose: () => void;
}

function SignOutDialog({ scope, onClose }: SignOutDialogProps) {
  const logout = useAction('account.logout');
  const { hasDrops } = useKnownState();
  return (
    <Dialog title={scope === 'here' ? 'Sign out?' : 'Sign out everywhere?'} onClose={onClose}>
      <p>
        {scope === 'here'
          ? 'Nothing more is uploaded from this computer until you log in again.'
          : 'All your devices and browsers have to log in again.'}{' '}
        Your files stay where they are, here and on the server.
      </p>
      {hasDrops ? <p>What you dropped onto the window and is not uploaded yet is forgotten.</p> : null}
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => logout.mutate({ everywhere: scope === 'everywhere' })}
        >
          Sign out
        </button>
      </div>
    </Dialog>
  );
}
