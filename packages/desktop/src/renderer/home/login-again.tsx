import { useState } from 'react';
import { messageOf } from '../lib/bridge.ts';
import { useAction, useSettings } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';

/** The log-in has ended: asked for once, here, and everything goes on where it was. */
export function LoginAgain({ email }: { readonly email: string }) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>();
  const deviceName = useSettings()?.deviceName ?? '';
  const login = useAction('account.loginAgain', { onError: (failure) => setError(messageOf(failure)) });
  return (
    <section className="panel" aria-label="Log in again">
      <h2>Log in again</h2>
      <form
        className="inline-form"
        onSubmit={(event) => {
          event.preventDefault();
          setError(undefined);
          login.mutate({ password, deviceName });
        }}
      >
        <Field
          label={`Password of ${email}`}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="current-password"
          error={error}
          required
        />
        <button type="submit" className="button primary" disabled={login.isPending}>
          Log in
        </button>
      </form>
    </section>
  );
}
