import { useEffect, useRef, useState } from 'react';
import { describeHealth } from '../shared/describe-health.ts';
import { DropZone } from './files/drop-zone.tsx';
import { Files } from './files/files.tsx';
import { HealthAnnouncer } from './home/health-announcer.tsx';
import { HealthMark } from './home/health-mark.tsx';
import { Home } from './home/home.tsx';
import { useKnownState } from './lib/hooks.ts';
import { SettingsPage } from './settings/settings-page.tsx';
import { Trash } from './trash/trash.tsx';
import { Icon, type IconName } from './ui/icon.tsx';

type Place = 'home' | 'files' | 'trash' | 'settings';

const PLACES: readonly { readonly place: Place; readonly label: string; readonly icon: IconName }[] = [
  { place: 'home', label: 'Home', icon: 'home' },
  { place: 'files', label: 'My files', icon: 'files' },
  { place: 'settings', label: 'Settings', icon: 'settings' },
];

export function Shell() {
  const [place, setPlace] = useState<Place>('home');
  const state = useKnownState();
  const navigatedTo = place === 'trash' ? 'files' : place;
  const main = useRef<HTMLElement>(null);
  // Who went there goes on from there.
  useEffect(() => main.current?.focus(), [place]);
  return (
    <div className="shell">
      <nav className="rail" aria-label="Main">
        <p className="brand">Instashare</p>
        {PLACES.map(({ place: to, label, icon }) => (
          <button
            key={to}
            type="button"
            className="rail-item"
            aria-current={navigatedTo === to ? 'page' : undefined}
            onClick={() => setPlace(to)}
          >
            <Icon name={icon} />
            <span>{label}</span>
          </button>
        ))}
        <p className="rail-status">
          <HealthMark health={state.health} />
          <span>{describeHealth(state).title}</span>
        </p>
        <HealthAnnouncer state={state} />
      </nav>
      <DropZone>
        <main
          key={place}
          ref={main}
          className="content"
          tabIndex={-1}
          aria-label={place === 'trash' ? 'Trash' : PLACES.find(({ place: here }) => here === place)?.label}
        >
          {place === 'home' ? <Home /> : null}
          {place === 'files' ? <Files onTrash={() => setPlace('trash')} /> : null}
          {place === 'trash' ? <Trash onBack={() => setPlace('files')} /> : null}
          {place === 'settings' ? <SettingsPage /> : null}
        </main>
      </DropZone>
    </div>
  );
}
