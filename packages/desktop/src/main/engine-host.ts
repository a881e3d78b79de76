import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { session, type UtilityProcess, utilityProcess } from 'electron';
import {
  ENGINE_PROCEDURES,
  type EngineEvent,
  engineEventSchema,
  KEEPER_PROCEDURES,
} from '../shared/engine-procedures.ts';
import { createPeer, type Peer } from '../shared/peer.ts';
import { proxyIn } from './proxy-in.ts';
import { createRestartDelay } from './restart-delay.ts';
import type { SessionFile } from './session-file.ts';

/** The engine's process. One that ends is started again: a bug in it must not end syncing for good. */
export type EngineHost = Pick<Peer<typeof ENGINE_PROCEDURES>, 'ask'> & AsyncDisposable;

export interface EngineHostOptions {
  readonly script: string;
  readonly configFolder: string;
  readonly keeper: SessionFile;
  /** It runs, for the first time or again. */
  readonly onStart: () => void;
  readonly onEvent: (event: EngineEvent) => void;
  /** It keeps ending, and is started again after this long. */
  readonly onTrouble: (waitMs: number) => void;
}

const STOP_WITHIN_MS = 3_000;

export function createEngineHost(options: EngineHostOptions): EngineHost {
  const { script, configFolder, keeper, onStart, onEvent, onTrouble } = options;
  const restarts = createRestartDelay();
  let isStopping = false;
  let child: UtilityProcess;
  const peer = createPeer({
    ours: KEEPER_PROCEDURES,
    theirs: ENGINE_PROCEDURES,
    handlers: {
      'session.load': () => keeper.load(),
      'session.save': ({ session: kept }) => keeper.save(kept),
      'proxy.find': async ({ url }) => proxyIn(await session.defaultSession.resolveProxy(url)),
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (message) => child.postMessage(message),
    onEvent: (event) => onEvent(engineEventSchema.parse(event)),
  });

  function start(): UtilityProcess {
    const startedAtMs = performance.now();
    const started = utilityProcess.fork(script, [configFolder], { serviceName: 'Instashare engine' });
    started.on('message', (message: unknown) => peer.receive(message));
    started.once('spawn', () => {
      peer.open();
      onStart();
    });
    started.once('exit', () => {
      peer.close();
      if (isStopping) return;
      const { waitMs, isTrouble } = restarts.ended(performance.now() - startedAtMs);
      if (isTrouble) onTrouble(waitMs);
      setTimeout(() => {
        if (!isStopping) child = start();
      }, waitMs);
    });
    return started;
  }
  child = start();

  return {
    ask: (name, input) => peer.ask(name, input),
    async [Symbol.asyncDispose]() {
      isStopping = true;
      const exited = once(child, 'exit');
      // What it has in hand goes on where it was at the next start, as after a crash.
      if (child.kill()) await Promise.race([exited, delay(STOP_WITHIN_MS)]);
    },
  };
}
