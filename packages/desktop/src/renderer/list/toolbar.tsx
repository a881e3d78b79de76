import type { KeyboardEvent } from 'react';
import { Icon, type IconName } from '../ui/icon.tsx';

export interface Tool {
  readonly icon: IconName;
  readonly label: string;
  readonly isOn: boolean;
  readonly run: () => void;
  /** What does the same in the list. */
  readonly key?: 'Delete' | 'F2';
}

/**
 * A group and no `toolbar`, which would be one stop of Tab with arrows inside: Tab stops at each of these few. What is off
 * can be reached all the same: a button that is taken away would take the focus with it.
 */
export function Toolbar({ label, tools }: { readonly label: string; readonly tools: readonly Tool[] }) {
  return (
    <div className="toolbar" role="group" aria-label={label}>
      {tools.map(({ icon, label: name, isOn, run, key }) => (
        <button
          // Its label may change while it has the focus.
          key={icon}
          type="button"
          className="button"
          aria-disabled={!isOn}
          aria-keyshortcuts={key}
          onClick={() => {
            if (isOn) run();
          }}
        >
          <Icon name={icon} /> {name}
        </button>
      ))}
    </div>
  );
}

/** Runs the tool of a key; whether it is one's. */
export function runKey(tools: readonly Tool[], { key, metaKey }: KeyboardEvent): boolean {
  // Keyboards of Macs have no Delete.
  const meant = key === 'Backspace' && metaKey ? 'Delete' : key;
  const tool = tools.find((one) => one.key === meant);
  if (tool?.isOn === true) tool.run();
  return tool !== undefined;
}
