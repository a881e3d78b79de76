import { z } from 'zod';
import { engineEventSchema, WINDOW_ENGINE_PROCEDURES } from './engine-procedures.ts';
import { type InputOf, nothing, type OutputOf, procedure } from './procedure.ts';
import { someIdsSchema } from './row-window.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import { updateStateSchema } from './update-state.ts';

const appInfoSchema = z.object({
  version: z.string(),
  platform: z.string(),
  /** Whether the system's keychain keeps the log-in; without one it lies in a file. */
  hasKeychain: z.boolean(),
  /** Whether the system lets the app start at log-in. */
  canStartAtLogin: z.boolean(),
  /** Whether the system tells which connections are metered. */
  canTellMetered: z.boolean(),
  /** Where settings lie that could not be read at this start; null when they could. */
  damagedSettings: z.string().nullable(),
});

/** What became of a file that was to be opened: what may run code is never opened, and shown in its folder if it has one. */
const openedSchema = z.object({ as: z.enum(['local', 'copy', 'shown', 'refused', 'cancelled']) });

const pathInFolderSchema = z.object({ folder: z.string(), localPath: z.string().min(1) });

/** What the main process does for the window. */
export const WINDOW_MAIN_PROCEDURES = {
  'app.info': procedure(nothing, appInfoSchema),
  'settings.get': procedure(nothing, settingsSchema),
  'settings.update': procedure(settingsPatchSchema, settingsSchema),
  'setup.finish': procedure(nothing, settingsSchema),
  /** Whoever logs in next goes through the first run again: folders must not go to an account by mistake. */
  'account.logout': procedure(z.object({ everywhere: z.boolean() }), nothing),
  /** Opens the system's dialog; the answer is the same settings when it is dismissed. */
  'folders.choose': procedure(nothing, settingsSchema),
  'folders.remove': procedure(z.object({ path: z.string() }), settingsSchema),
  'folders.show': procedure(z.object({ folder: z.string(), localPath: z.string() }), nothing),
  /** From now on it is never uploaded from this folder; `folders.include`: or it is again. */
  'problems.ignore': procedure(pathInFolderSchema, settingsSchema),
  'folders.include': procedure(pathInFolderSchema, settingsSchema),
  'sync.pause': procedure(
    z.object({ minutes: z.number().int().min(1).max(1440).nullable() }),
    settingsSchema,
  ),
  'sync.resume': procedure(nothing, settingsSchema),
  /** Puts the link on the clipboard. */
  'files.copyLink': procedure(
    z.object({ id: z.uuid(), expiresInDays: z.number().int().min(1).max(365).nullable() }),
    nothing,
  ),
  /** Asks for files, or for folders, and uploads them; how many were chosen, 0 when the dialog is dismissed. */
  'files.chooseUploads': procedure(
    z.object({ kind: z.enum(['files', 'folders']) }),
    z.object({ chosen: z.number() }),
  ),
  /** Asks for a folder; how many files are on their way, 0 when the dialog is dismissed. */
  'files.download': procedure(z.object({ ids: someIdsSchema }), z.object({ files: z.number() })),
  /** Answers when the system has been asked, which for a file that is not here is after its download. */
  'files.open': procedure(z.object({ id: z.uuid() }), openedSchema),
  /** Asks for a folder, downloads into it and shows the file there; false when the dialog is dismissed. */
  'files.downloadAndShow': procedure(z.object({ id: z.uuid() }), z.object({ isShown: z.boolean() })),
  'diagnostics.export': procedure(nothing, z.object({ isSaved: z.boolean() })),
  'update.get': procedure(nothing, updateStateSchema),
  /** Looks for a newer version now. */
  'update.check': procedure(nothing, nothing),
  /** Quits in order, which may ask first, installs the version that is ready and starts it. */
  'update.install': procedure(nothing, nothing),
  'link.open': procedure(z.object({ url: z.url({ protocol: /^https$/ }) }), nothing),
};

/** All that the window can ask; there is nothing else it can reach. */
export const WINDOW_PROCEDURES = { ...WINDOW_MAIN_PROCEDURES, ...WINDOW_ENGINE_PROCEDURES };
export type WindowProcedures = typeof WINDOW_PROCEDURES;
export type WindowProcedure = keyof WindowProcedures;
export type WindowInput<N extends WindowProcedure> = InputOf<WindowProcedures[N]>;
export type WindowOutput<N extends WindowProcedure> = OutputOf<WindowProcedures[N]>;

/** What the window is told unasked. */
export const windowEventSchema = z.discriminatedUnion('type', [
  ...engineEventSchema.options,
  z.object({ type: z.literal('settings'), settings: settingsSchema }),
  z.object({ type: z.literal('update'), update: updateStateSchema }),
]);
export type WindowEvent = z.infer<typeof windowEventSchema>;

/** What the preload script gives to the page, and all of it. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Only what was dropped by a person has a path: the page itself can name none. */
  upload(files: readonly unknown[]): Promise<unknown>;
  listen(listener: (event: unknown) => void): () => void;
}

export const CALL_CHANNEL = 'instashare:call';
export const UPLOAD_CHANNEL = 'instashare:upload';
export const EVENT_CHANNEL = 'instashare:event';
