import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ServerCheck } from '../../shared/engine-procedures.ts';
import { call } from '../lib/bridge.ts';
import { useDebounced } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';

const TYPING_MS = 400;
const DEFAULT_ADDRESS = 'http://127.0.0.1:8321';

/** The address is checked while it is typed: there is nothing to press before it is right. */
export function ServerStep({ onDone }: { readonly onDone: (url: string) => void }) {
  const [address, setAddress] = useState('');
  const { found, isChecking, isWrong, tryAgain } = useServerCheck(address.trim());
  const titleId = useId();
  return (
    <form
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        if (found?.state === 'ok') onDone(found.url);
      }}
    >
      <h1 id={titleId}>Where is your server?</h1>
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
        {isChecking ? 'Looking for a server there…' : wordsOf(found)}
      </p>
      <div className="actions">
        {isWrong ? <TryAgain onPress={tryAgain} /> : null}
        <button type="submit" className="button primary" disabled={found?.state !== 'ok'}>
          Continue
        </button>
      </div>
    </form>
  );
}

function useServerCheck(address: string) {
  const asked = useDebounced(address, TYPING_MS);
  const check = useQuery({
    queryKey: ['server', asked],
    queryFn: () => call('server.check', { address: asked }),
    enabled: asked !== '',
    gcTime: 0,
  });
  const last = asked === address && asked !== '' ? (check.data ?? null) : null;
  const found = check.isFetching ? null : last;
  return {
    found,
    isChecking: address !== '' && found === null,
    isWrong: last !== null && last.state !== 'ok',
    tryAgain: () => void check.refetch(),
  };
}

function TryAgain({ onPress }: { readonly onPress: () => void }) {
  return (
    <button
      type="button"
      className="button"
      onClick={({ currentTarget }) => {
        // The button goes when the server answers: from the field Enter goes on.
        currentTarget.form?.querySelector('input')?.focus();
        onPress();
      }}
    >
      Try again
    </button>
  );
}

const wordsOf = (found: ServerCheck | null): string =>
  found?.state === 'ok' ? `Instashare ${found.version} answers at ${found.url}` : '';
