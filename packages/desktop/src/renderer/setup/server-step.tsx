import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServerCheck } from '../../shared/engine-procedures.ts';
import { call } from '../lib/bridge.ts';
import { useDebounced } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';

const TYPING_MS = 400;
const DEFAULT_ADDRESS = 'http://127.0.0.1:8321';

/** The address is checked while it is typed: there is nothing to press before it is right. */
export function ServerStep({ onDone }: { readonly onDone: (url: string) => void }) {
  const [address, setAddress] = useState('');
  const asked = useDebounced(address.trim(), TYPING_MS);
  const check = useQuery({
    queryKey: ['server', asked],
    queryFn: () => call('server.check', { address: asked }),
    enabled: asked !== '',
    gcTime: 0,
  });
  const isCurrent = asked === address.trim() && asked !== '';
  const found = isCurrent ? (check.data ?? null) : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (found?.state === 'ok') onDone(found.url);
      }}
    >
      <h1>Where is your server?</h1>
      <p className="lead">The address that you open Instashare at, or that somebody gave you.</p>
      <Field
        label="Server address"
        value={address}
        onChange={(event) => setAddress(event.target.value)}
        placeholder={DEFAULT_ADDRESS}
        autoFocus
        autoComplete="url"
        spellCheck={false}
        error={found !== null && found.state !== 'ok' ? found.message : undefined}
      />
      <p className="check" role="status" data-state={found?.state}>
        {wordsOf(address.trim() !== '' && found === null, found)}
      </p>
      <div className="actions">
        {found !== null && found.state !== 'ok' ? (
          <button type="button" className="button" onClick={() => void check.refetch()}>
            Try again
          </button>
        ) : null}
        <button type="submit" className="button primary" disabled={found?.state !== 'ok'}>
          Continue
        </button>
      </div>
    </form>
  );
}

function wordsOf(isChecking: boolean, found: ServerCheck | null): string {
  if (isChecking) return 'Looking for a server there…';
  return found?.state === 'ok' ? `Instashare ${found.version} answers at ${found.url}` : '';
}
