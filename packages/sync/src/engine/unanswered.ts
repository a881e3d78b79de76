import type { Intent } from '../model/known-file.ts';
import type { SyncEnvironment } from './environment.ts';

/**
 * What requests without an answer were about. The notes in the state stay a row for each request, so that one more costs
 * no more than itself; one file is in one of them.
 */
export interface Unanswered {
  /** Of the requests so far. */
  readonly lastId: number;
  /** Each with a key of its own. */
  entries(): readonly (readonly [string, EndedIntent])[];
  /** The request with this id, which is noted, has come to its end without an answer. */
  add(id: number, files: readonly Intent[], endedAtMs: number): void;
  /** The request with this id, which is noted, was answered: nobody need ask any more about what it was about. */
  answered(id: number, files: readonly Intent[]): void;
  /** The request with this id, which is noted, came to nothing. */
  cameToNothing(id: number): void;
  remove(keys: readonly string[]): void;
}

export type EndedIntent = Intent & { readonly endedAtMs: number };

/** Nothing that a killed program has asked for comes about later than this. */
const LONGEST_AFTER_KILL_MS = 3_600_000;

type State = Pick<SyncEnvironment['state'], 'intents' | 'putIntents' | 'removeIntents' | 'together'>;

/** Takes over what an earlier run, which may have been killed, has left. */
export function createUnanswered(state: State, nowMs: number): Unanswered {
  const requests = createRequests();
  const left = state.intents();
  for (const { id, files } of left) {
    const ended = files.map((file) => endedAtTheLatest(file, nowMs));
    requests.put(id, ended);
  }

  /** Without room for the state, the notes that are there stay: the next start looks at them once more, for nothing. */
  function note(ids: ReadonlySet<number>): void {
    const noteAll = () => {
      for (const id of ids) {
        const files = requests.filesOf(id);
        if (files.length === 0) state.removeIntents(id);
        else state.putIntents(id, files);
      }
    };
    try {
      if (ids.size > 1) state.together(noteAll);
      else noteAll();
    } catch {
      return;
    }
  }

  return {
    lastId: left.reduce((last, { id }) => Math.max(last, id), 0),
    entries: requests.entries,
    add(id, files, endedAtMs) {
      const ended = files.map((file) => ({ ...file, endedAtMs }));
      note(requests.put(id, ended));
    },
    answered: (id, files) => note(requests.takeOut(files.map(keyOf)).ids.add(id)),
    cameToNothing: (id) => note(new Set([id])),
    remove: (keys) => note(requests.takeOut(keys).ids),
  };
}

interface TakenOut {
  /** Of the requests that they were in. */
  readonly ids: Set<number>;
  readonly taken: Map<string, EndedIntent>;
}

/** Files by the request that they are in, which is one. */
function createRequests() {
  const requests = new Map<number, Map<string, EndedIntent>>();
  const requestOf = new Map<string, number>();

  function takeOut(keys: readonly string[]): TakenOut {
    const ids = new Set<number>();
    const taken = new Map<string, EndedIntent>();
    for (const key of keys) {
      const id = requestOf.get(key);
      const request = id === undefined ? undefined : requests.get(id);
      const intent = request?.get(key);
      if (id === undefined || request === undefined || intent === undefined) continue;
      taken.set(key, intent);
      ids.add(id);
      requestOf.delete(key);
      request.delete(key);
      if (request.size === 0) requests.delete(id);
    }
    return { ids, taken };
  }

  return {
    takeOut,
    entries: () => [...requests.values()].flatMap((files) => [...files]),
    filesOf: (id: number) => [...(requests.get(id)?.values() ?? [])],
    /** Gives the requests that have changed by it. */
    put(id: number, files: readonly EndedIntent[]): Set<number> {
      const { ids, taken } = takeOut(files.map(keyOf));
      const request = new Map(files.map((file) => [keyOf(file), joined(taken.get(keyOf(file)), file)]));
      requests.set(id, request);
      for (const key of request.keys()) requestOf.set(key, id);
      return ids.add(id);
    },
  };
}

/** The same may have been asked for twice; another content at the same path is another question. */
const keyOf = ({ is, path }: Intent): string => `${path}\0${is}`;

/** Either of the two requests may have done it. */
function joined(one: EndedIntent | undefined, other: EndedIntent): EndedIntent {
  if (one === undefined) return other;
  const notedAtMs = Math.min(one.notedAtMs, other.notedAtMs);
  return { ...other, notedAtMs, endedAtMs: Math.max(one.endedAtMs, other.endedAtMs) };
}

/** Of one that a kill has ended nobody knows when. */
function endedAtTheLatest(file: Intent, nowMs: number): EndedIntent {
  const latestMs = Math.max(file.notedAtMs, Math.min(nowMs, file.notedAtMs + LONGEST_AFTER_KILL_MS));
  return { ...file, endedAtMs: file.endedAtMs ?? latestMs };
}
