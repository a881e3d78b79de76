import { useRef, useState } from 'react';
import { AppFailure } from '../../shared/app-failure.ts';
import { messageOf } from '../lib/bridge.ts';
import { Field } from '../ui/field.tsx';
import { nameRange } from './name-range.ts';

interface PathFormProps {
  readonly path: string;
  readonly verb: string;
  /** Whether `path` itself would do. */
  readonly takesSame: boolean;
  readonly isPending: boolean;
  /** Why it was refused. */
  readonly error: unknown;
  readonly onSubmit: (path: string) => void;
  readonly onClose: () => void;
}

/** Asks for a path on the server; one that is taken is answered with a free one. */
export function PathForm(props: PathFormProps) {
  const { path: begun, verb, takesSame, isPending, error, onSubmit, onClose } = props;
  const [path, setPath] = useState(begun);
  const isNew = useRef(true);
  const suggestion = error instanceof AppFailure ? error.suggestedPath : undefined;
  const wanted = path.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) onSubmit(wanted);
      }}
    >
      <Field
        label="Path on the server"
        value={path}
        onChange={(event) => setPath(event.target.value)}
        onFocus={({ target }) => {
          // Whoever types changes the name, as in the system's own file manager.
          if (isNew.current) target.setSelectionRange(...nameRange(begun));
          isNew.current = false;
        }}
        spellCheck={false}
        hint="Folders are made by themselves: Photos/2026/beach.jpg"
        error={error === null ? undefined : messageOf(error)}
      />
      {suggestion === undefined ? null : (
        <button type="button" className="link" onClick={() => setPath(suggestion)}>
          Use {suggestion}
        </button>
      )}
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="submit"
          className="button primary"
          disabled={wanted === '' || (!takesSame && wanted === begun)}
        >
          {verb}
        </button>
      </div>
    </form>
  );
}
