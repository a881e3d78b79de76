import { InstashareError } from '@instashare/client';
import { createFolderSync, type FolderSync } from '../../src/engine/folder-sync.ts';
import { createWorld, type World } from './memory-world.ts';
import { type Mortal, makeMortal } from './mortal.ts';

const SLOW_MS = 700;
const LARGE_BYTES = 1_100_000;
/** Longer than the time between two scans of a folder that is watched. */
const UNTIL_SCANNED_MS = 700_000;

/** What is done to one file. */
export interface Edit {
  readonly does: 'write' | 'append' | 'touch' | 'remove' | 'writeLarge' | 'writeWhileRead' | 'save';
  readonly path: string;
  readonly hint: Hint;
}

export interface Relocation {
  readonly does: 'rename' | 'swap' | 'link' | 'copy' | 'renameFolder';
  readonly path: string;
  readonly to: string;
  readonly hint: Hint;
}

/** What happens to the program and its line. */
export interface Event {
  readonly does:
    | 'undo'
    | 'start'
    | 'kill'
    | 'stop'
    | 'loseWatch'
    | 'hintLate'
    | 'breakLine'
    | 'mendLine'
    | 'slowLine'
    | 'quickLine'
    | 'cutNext'
    | 'loseAnswer'
    | 'killAtAnswer'
    | 'killAtSending';
}

export type Step = Edit | Relocation | Event | { readonly does: 'wait'; readonly ms: number };

/** Whether the system tells of it. */
export type Hint = 'now' | 'late' | 'lost';

/** Plays steps in a world, and keeps in mind what was in the folder. */
export interface Play {
  readonly world: World;
  step(step: Step): Promise<void>;
  /** Mends what is broken, and waits until whoever watches has looked through the folder again, or runs once more. */
  end(): Promise<void>;
  /** Of a version as the store notes it: whether it was a file's whole content at some time. */
  wasWhole(version: string): boolean;
  /** How many versions there may be at most. */
  changes(): number;
  /** How many of the edits put content where there was none, or other content, so that it had to be sent or linked. */
  brought(): number;
}

function createPlay(world: World): Play {
  const { clock, files, remote } = world;
  let running: { readonly sync: FolderSync; readonly mortal: Mortal } | null = null;
  let undo: () => void = () => {};
  const late: string[] = [];
  const whole = new Set<string>();
  let made = 0;
  let changes = 0;
  let brought = 0;

  const noteContents = () => {
    for (const content of Object.values(files.contents())) whole.add(content);
  };
  const tell = (hint: Hint, ...touched: string[]) => {
    changes += touched.length;
    noteContents();
    if (hint === 'now') world.hint(...touched);
    if (hint === 'late') late.push(...touched);
  };
  const isFile = (path: string) => path in files.contents();
  const content = () => `content ${(made += 1)}`;

  const edits: Record<Edit['does'], (path: string) => void> = {
    write: (path) => files.write(path, content()),
    writeLarge: (path) => files.write(path, content().padEnd(LARGE_BYTES, '.')),
    writeWhileRead(path) {
      files.write(path, content().padEnd(LARGE_BYTES, ','));
      files.onRead(path, () => {
        files.onRead(path, null);
        if (isFile(path)) files.write(path, content().padEnd(LARGE_BYTES, ';'));
        tell('now', path);
      });
    },
    save(path) {
      files.write(`${path}.tmp`, content());
      noteContents();
      files.rename(`${path}.tmp`, path);
    },
    append: (path) => files.append(path, ' and more'),
    touch: (path) => files.touch(path),
    remove(path) {
      const putBack = files.takeOut(path);
      undo = () => {
        if (isFile(path)) return;
        putBack();
        tell('now', path);
      };
    },
  };
  const needsFile = new Set<string>(['append', 'touch', 'remove', 'rename', 'swap', 'link', 'copy']);

  const relocations: Record<Relocation['does'], (path: string, to: string) => void> = {
    rename(path, to) {
      files.rename(path, to);
      undo = () => {
        if (!isFile(to) || isFile(path)) return;
        files.rename(to, path);
        tell('now', to, path);
      };
    },
    link: (path, to) => files.link(path, to),
    copy: (path, to) => files.write(to, files.contents()[path] ?? ''),
    swap(path, to) {
      if (!isFile(to)) return;
      files.rename(path, 'aside');
      files.rename(to, path);
      files.rename('aside', to);
    },
    renameFolder(path, to) {
      const below = Object.keys(files.contents());
      const moved = below.filter((each) => each.startsWith(`${path}/`));
      if (moved.length === 0 || below.some((each) => each.startsWith(`${to}/`))) return;
      files.remove(to);
      files.rename(path, to);
      changes += moved.length;
    },
  };

  function start(): void {
    if (running !== null) return;
    const mortal = makeMortal(world.env);
    const sync = createFolderSync(mortal.env, {
      mode: 'watch',
      onEvent: (event) => world.events.push(event),
      // So little room that a few files fill it.
      maxPending: 4,
    });
    running = { sync, mortal };
    sync.start().catch(() => {});
  }

  async function stop(): Promise<void> {
    if (running === null) return;
    const { sync } = running;
    running = null;
    await world.stop(sync);
  }

  function kill(): void {
    if (running === null) return;
    running.mortal.kill();
    running = null;
    remote.onSent(null);
    remote.onChange(null);
  }

  /** Once, and then the line is whole again. */
  const cutNext = () =>
    remote.onSent(() => {
      remote.onSent(null);
      remote.failAll('network');
      clock.after(500, () => remote.failAll(null));
    });
  const loseAnswer = () =>
    remote.onChange((_what, when) => {
      if (when === 'before') return;
      remote.onChange(null);
      throw new InstashareError('network', 'the answer was lost');
    });

  const events: Record<Event['does'], () => void | Promise<void>> = {
    undo: () => undo(),
    start,
    stop,
    kill,
    loseWatch: () => world.loseWatch(new Error('told to be lost')),
    hintLate: () => world.hint(...late.splice(0).toReversed()),
    breakLine: () => remote.failAll('network'),
    mendLine: () => remote.failAll(null),
    slowLine: () => remote.takes(SLOW_MS),
    quickLine: () => remote.takes(0),
    cutNext,
    loseAnswer,
    // The server has done it, and nobody is there any more to note it down.
    killAtAnswer: () =>
      remote.onChange((_what, when) => {
        if (when === 'after') kill();
      }),
    killAtSending: () => remote.onSent(kill),
  };

  return {
    world,
    async step(step) {
      if ('path' in step && needsFile.has(step.does) && !isFile(step.path)) return;
      if ('to' in step) {
        if (step.to === step.path) return;
        if (step.does !== 'renameFolder' && (step.does !== 'rename' || isFile(step.to))) brought += 1;
        relocations[step.does](step.path, step.to);
        tell(step.hint, step.path, step.to);
      } else if ('path' in step) {
        if (step.does !== 'touch' && step.does !== 'remove') brought += 1;
        edits[step.does](step.path);
        tell(step.hint, step.path);
      } else if (step.does === 'wait') await clock.advance(step.ms);
      else await events[step.does]();
    },
    async end() {
      remote.onSent(null);
      remote.onChange(null);
      remote.failAll(null);
      remote.takes(0);
      for (const path of Object.keys(files.contents())) files.onRead(path, null);
      // Nothing is being written any more, however slowly it seemed to come.
      if (running === null) {
        await clock.advance(60_000);
        return world.run({ confirmDeletes: true });
      }
      await clock.advance(UNTIL_SCANNED_MS);
      running.sync.confirmDeletes();
      await clock.advance(60_000);
      await stop();
    },
    wasWhole: (version) => whole.has(version.slice(version.indexOf('=') + 1)),
    changes: () => changes,
    brought: () => brought,
  };
}

/** Plays steps in a world of its own, to the end. */
export async function playThrough(steps: readonly Step[]): Promise<Play> {
  const play = createPlay(createWorld());
  for (const step of steps) {
    await play.step(step);
    await play.world.clock.advance(1);
  }
  await play.end();
  return play;
}
