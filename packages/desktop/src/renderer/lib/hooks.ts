import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type AppState, SIGNED_OUT_STATE } from '../../shared/app-state.ts';
import type { Settings } from '../../shared/settings.ts';
import type { UpdateState } from '../../shared/update-state.ts';
import type { WindowInput, WindowOutput, WindowProcedure } from '../../shared/window-procedures.ts';
import { useToast } from '../ui/toast-context.ts';
import { call, messageOf } from './bridge.ts';
import { FILES_KEY, SETTINGS_KEY, STATE_KEY, UPDATE_KEY } from './follow-events.ts';

/** How it stands; null until that is known. */
export function useAppState(): AppState | null {
  return useQuery({ queryKey: STATE_KEY, queryFn: () => call('state.get', undefined) }).data ?? null;
}

/** The same where it is known: below the shell. */
export const useKnownState = (): AppState => useAppState() ?? SIGNED_OUT_STATE;

export function useSettings(): Settings | null {
  return useQuery({ queryKey: SETTINGS_KEY, queryFn: () => call('settings.get', undefined) }).data ?? null;
}

/** How it stands with a newer version; null until that is known. */
export const useUpdateState = (): UpdateState | null =>
  useQuery({ queryKey: UPDATE_KEY, queryFn: () => call('update.get', undefined) }).data ?? null;

export const useAppInfo = () =>
  useQuery({ queryKey: ['info'], queryFn: () => call('app.info', undefined) }).data ?? null;

/** Something that a person asks for; a failure is shown as a toast unless `onError` does something better. */
export function useAction<N extends WindowProcedure>(
  name: N,
  {
    onDone,
    onError,
  }: {
    readonly onDone?: (output: WindowOutput<N>) => void;
    readonly onError?: (error: unknown) => void;
  } = {},
) {
  const toast = useToast();
  return useMutation({
    mutationFn: (input: WindowInput<N>) => call(name, input),
    onSuccess: (output) => onDone?.(output),
    onError: onError ?? ((error) => toast({ text: messageOf(error), isError: true })),
  });
}

/** Whoever has just changed something wants to see it, not wait for the server to tell. */
export function useRefreshFiles(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: FILES_KEY });
}

/** `value` as it was when it last stayed the same for `ms`. */
export function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** The time, told anew twice a minute: for "3 min ago". */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
