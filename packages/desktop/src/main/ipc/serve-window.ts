import { type IpcMainInvokeEvent, ipcMain, type WebFrameMain } from 'electron';
import { z } from 'zod';
import type { AppState } from '../../shared/app-state.ts';
import { WINDOW_ENGINE_PROCEDURES } from '../../shared/engine-procedures.ts';
import { answerTo } from '../../shared/peer.ts';
import type { Answer, Handlers } from '../../shared/procedure.ts';
import { CALL_CHANNEL, UPLOAD_CHANNEL, WINDOW_MAIN_PROCEDURES } from '../../shared/window-procedures.ts';
import type { EngineHost } from '../engine-host.ts';
import { uploadDropped } from './upload-dropped.ts';

export interface ServeWindowOptions {
  readonly handlers: Handlers<typeof WINDOW_MAIN_PROCEDURES>;
  readonly engine: EngineHost;
  /** What the engine last told, for while it can't be asked. */
  readonly lastState: () => AppState;
  readonly isOurs: (frame: WebFrameMain | null) => boolean;
}

const callSchema = z.object({ name: z.string().max(100), input: z.unknown() });

/** The window's only door: who asks is checked first, then what is asked. */
export function serveWindow({ handlers, engine, lastState, isOurs }: ServeWindowOptions): void {
  const state = () => engine.ask('state.get', undefined).catch(lastState);
  const all = { ...forwarded(engine), ...handlers, 'state.get': state };
  const table = { ...WINDOW_ENGINE_PROCEDURES, ...WINDOW_MAIN_PROCEDURES };
  const guarded = (serve: (raw: unknown) => Promise<Answer>) => (event: IpcMainInvokeEvent, raw: unknown) =>
    isOurs(event.senderFrame) ? serve(raw) : Promise.resolve(REFUSED);
  ipcMain.handle(
    CALL_CHANNEL,
    guarded((raw) => answerTo(table, all, callSchema.parse(raw))),
  );
  ipcMain.handle(
    UPLOAD_CHANNEL,
    guarded((raw) =>
      uploadDropped((paths) => engine.ask('files.upload', { paths: [...paths], prefix: '' }), raw),
    ),
  );
}

const REFUSED: Answer = {
  ok: false,
  failure: { code: 'forbidden', message: 'Only the window of the app may ask' },
};

/** What the engine answers itself. */
function forwarded(engine: EngineHost): Handlers<typeof WINDOW_ENGINE_PROCEDURES> {
  const names = Object.keys(WINDOW_ENGINE_PROCEDURES);
  const entries = names.map((name) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets what the keys are
    const known = name as keyof typeof WINDOW_ENGINE_PROCEDURES;
    return [name, (input: never) => engine.ask(known, input)] as const;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each name, as the line above makes them
  return Object.fromEntries(entries) as unknown as Handlers<typeof WINDOW_ENGINE_PROCEDURES>;
}
