import { type SubmitEvent, useId, useState } from 'react';
import { isUnencryptedInPublic } from '../../shared/server-address.ts';
import { messageOf } from '../lib/bridge.ts';
import { useAction, useAppInfo } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';

interface AccountStepProps {
  readonly server: string;
  readonly deviceName: string;
  readonly onBack: () => void;
}

export function AccountStep({ server, deviceName, onBack }: AccountStepProps) {
  const [isNew, setIsNew] = useState(false);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>();
  const onError = (failure: unknown) => setError(messageOf(failure));
  const login = useAction('account.login', { onError });
  const register = useAction('account.register', { onError });
  const isBusy = login.isPending || register.isPending;
  const titleId = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setError(undefined);
    (isNew ? register : login).mutate({ server, email, password, deviceName });
  };
  const goToOther = () => {
    setIsNew(!isNew);
    setError(undefined);
  };
  return (
    <form aria-labelledby={titleId} onSubmit={submit}>
      <h1 id={titleId}>{isNew ? 'Make an account' : 'Log in'}</h1>
      <p className="lead">
        At <strong>{server}</strong>.{' '}
        <button type="button" className="link" onClick={onBack}>
          Another server
        </button>
      </p>
      <PlainNote server={server} />
      <Credentials
        // Anew, so that the first field has the focus: it is another form now.
        key={String(isNew)}
        isNew={isNew}
        email={email}
        password={password}
        onEmail={setEmail}
        onPassword={setPassword}
      />
      {error === undefined ? null : (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <KeychainNote />
      <AccountActions isNew={isNew} isBusy={isBusy} onOther={goToOther} />
    </form>
  );
}

interface AccountActionsProps {
  readonly isNew: boolean;
  readonly isBusy: boolean;
  readonly onOther: () => void;
}

function AccountActions({ isNew, isBusy, onOther }: AccountActionsProps) {
  return (
    <div className="actions">
      <button type="button" className="button" onClick={onOther}>
        {isNew ? 'I have an account' : 'Make an account'}
      </button>
      <button type="submit" className="button primary" aria-disabled={isBusy}>
        {isBusy ? 'One moment…' : isNew ? 'Register' : 'Log in'}
      </button>
    </div>
  );
}

interface CredentialsProps {
  readonly isNew: boolean;
  readonly email: string;
  readonly password: string;
  readonly onEmail: (email: string) => void;
  readonly onPassword: (password: string) => void;
}

function Credentials({ isNew, email, password, onEmail, onPassword }: CredentialsProps) {
  return (
    <>
      <Field
        label="E-mail address"
        type="email"
        value={email}
        onChange={(event) => onEmail(event.target.value)}
        autoFocus
        autoComplete="username"
        required
      />
      <Field
        label="Password"
        type="password"
        value={password}
        onChange={(event) => onPassword(event.target.value)}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? 'At least 10 characters; a few words are easy to remember.' : undefined}
        required
      />
    </>
  );
}

/** Before a password is typed, not after. */
function PlainNote({ server }: { readonly server: string }) {
  if (!isUnencryptedInPublic(server)) return null;
  return (
    <p className="hint note" role="note">
      This address starts with http://, so nothing is encrypted on its way: others on the network can read
      your password and your files. If the server has an https:// address, use that one.
    </p>
  );
}

/** Where the log-in is not as safe as people may think, they are told before they log in. */
function KeychainNote() {
  const info = useAppInfo();
  if (info?.hasKeychain !== false) return null;
  return (
    <p className="hint note">
      This system has no keychain that is unlocked. Your log-in is kept in a file that only your user account
      can read; your password is never kept.
    </p>
  );
}
