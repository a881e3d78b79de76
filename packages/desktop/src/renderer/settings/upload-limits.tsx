import { useState } from 'react';
import { LEAST_BYTES_PER_SECOND, type Settings, type UploadHours } from '../../shared/settings.ts';
import { useAction, useAppInfo } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';

const BYTES = 1000;
const NIGHT: UploadHours = { from: '22:00', to: '06:00' };

/** How fast uploads go, and when. */
export function UploadLimits({ settings }: { readonly settings: Settings }) {
  const update = useAction('settings.update');
  const info = useAppInfo();
  return (
    <section className="panel" aria-label="Limits">
      <h2>Limits</h2>
      <SpeedLimit bytesPerSecond={settings.uploadBytesPerSecond} />
      <label className="choice">
        <input
          type="checkbox"
          checked={settings.hours !== null}
          onChange={(event) => update.mutate({ hours: event.target.checked ? NIGHT : null })}
        />
        Upload only at certain hours
      </label>
      {settings.hours === null ? null : <HoursFields hours={settings.hours} />}
      <label className="choice">
        <input
          type="checkbox"
          checked={settings.pausesOnBattery}
          onChange={(event) => update.mutate({ pausesOnBattery: event.target.checked })}
        />
        Pause while this computer runs on its battery
      </label>
      {info?.canTellMetered === true ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={settings.pausesOnMetered}
            onChange={(event) => update.mutate({ pausesOnMetered: event.target.checked })}
          />
          Pause on metered connections
        </label>
      ) : null}
    </section>
  );
}

function SpeedLimit({ bytesPerSecond }: { readonly bytesPerSecond: number | null }) {
  const [text, setText] = useState(bytesPerSecond === null ? '' : String(bytesPerSecond / BYTES));
  const update = useAction('settings.update');
  const wanted = text.trim() === '' ? null : Math.round(Number(text) * BYTES);
  const isGood = wanted === null || wanted >= LEAST_BYTES_PER_SECOND;
  return (
    <Field
      label="Upload at most, in kB/s"
      inputMode="decimal"
      value={text}
      placeholder="no limit"
      hint="For everything this computer uploads together. Empty: as fast as it goes."
      error={isGood ? undefined : `A number from ${LEAST_BYTES_PER_SECOND / BYTES} on, or nothing at all`}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (isGood && wanted !== bytesPerSecond) update.mutate({ uploadBytesPerSecond: wanted });
      }}
    />
  );
}

function HoursFields({ hours }: { readonly hours: UploadHours }) {
  const [wanted, setWanted] = useState(hours);
  const update = useAction('settings.update');
  const isGood = wanted.from !== '' && wanted.to !== '' && wanted.from !== wanted.to;
  const save = () => {
    if (isGood) update.mutate({ hours: wanted });
  };
  return (
    <div className="inline-form">
      <Field
        label="From"
        type="time"
        value={wanted.from}
        onChange={(event) => setWanted({ ...wanted, from: event.target.value })}
        onBlur={save}
      />
      <Field
        label="To"
        type="time"
        value={wanted.to}
        error={isGood ? undefined : 'Two different times'}
        onChange={(event) => setWanted({ ...wanted, to: event.target.value })}
        onBlur={save}
      />
    </div>
  );
}
