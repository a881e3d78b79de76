import { useId, useState } from 'react';
import { useAction } from '../lib/hooks.ts';
import { useToast } from '../ui/toast-context.ts';

export function IgnoreRules({ rules }: { readonly rules: string }) {
  const [text, setText] = useState(rules);
  const id = useId();
  const toast = useToast();
  const update = useAction('settings.update', {
    onDone: () => toast({ text: 'Saved: the folders are looked through again.' }),
  });
  return (
    <section className="panel" aria-label="Ignore rules">
      <h2>Never upload</h2>
      <label htmlFor={id} className="hint">
        One rule a line, as .gitignore has them: <code>*.tmp</code>, <code>build/</code>,{' '}
        <code>!keep.tmp</code>
      </label>
      <textarea
        id={id}
        rows={4}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={text === rules}
          onClick={() => {
            if (text !== rules) update.mutate({ ignoreRules: text });
          }}
        >
          Save rules
        </button>
      </div>
    </section>
  );
}
