import type { Settings } from '../../shared/settings.ts';
import { useAction, useAppInfo } from '../lib/hooks.ts';

export function StartsAtLogin({ settings }: { readonly settings: Settings }) {
  const update = useAction('settings.update');
  const info = useAppInfo();
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={settings.startsAtLogin}
        disabled={info?.canStartAtLogin !== true}
        onChange={(event) => update.mutate({ startsAtLogin: event.target.checked })}
      />
      Start when I log in to this computer
    </label>
  );
}
