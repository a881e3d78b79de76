import { z } from 'zod';
import { appStateSchema } from './app-state.ts';
import { fileRangeInputSchema, fileRowSchema, fileWindowInputSchema, fileWindowSchema } from './file-row.ts';
import { nothing, procedure } from './procedure.ts';
import { foundIdsSchema, idSchema, someIdsSchema } from './row-window.ts';
import { hoursSchema, ownerSchema, syncedFolderSchema } from './settings.ts';
import {
  restoredSchema,
  trashRangeInputSchema,
  trashSizeSchema,
  trashWindowInputSchema,
  trashWindowSchema,
} from './trash-row.ts';

/** What is dropped onto the window at once; the folder that they are in is one. */
export const MOST_DROPPED_PATHS = 10_000;

const credentialsSchema = z.object({
  server: z.string().max(2048),
  email: z.string().max(320),
  password: z.string().max(1024),
  deviceName: z.string().max(200),
});

/** What answers at an address. */
export const serverCheckSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ok'), url: z.string(), version: z.string() }),
  z.object({ state: z.enum(['invalid', 'unreachable', 'other']), message: z.string() }),
]);
export type ServerCheck = z.infer<typeof serverCheckSchema>;

export const versionRowSchema = z.object({
  number: z.number(),
  isCurrent: z.boolean(),
  sizeBytes: z.number(),
  createdAt: z.string(),
});
export type VersionRow = z.infer<typeof versionRowSchema>;

/** What the engine does for the window, by way of the main process. */
export const WINDOW_ENGINE_PROCEDURES = {
  'server.check': procedure(z.object({ address: z.string().max(2048) }), serverCheckSchema),
  'account.register': procedure(credentialsSchema, nothing),
  'account.login': procedure(credentialsSchema, nothing),
  'account.loginAgain': procedure(credentialsSchema.pick({ password: true, deviceName: true }), nothing),
  'state.get': procedure(nothing, appStateSchema),
  'sync.now': procedure(nothing, nothing),
  'sync.confirmDeletes': procedure(z.object({ folder: z.string() }), nothing),
  'files.window': procedure(fileWindowInputSchema, fileWindowSchema),
  'files.range': procedure(fileRangeInputSchema, foundIdsSchema),
  /** null: it is gone. */
  'files.get': procedure(z.object({ id: idSchema }), fileRowSchema.nullable()),
  'files.move': procedure(z.object({ id: idSchema, path: z.string().max(4096) }), fileRowSchema),
  /** `failure`: why it went no further. */
  'files.delete': procedure(
    z.object({ ids: someIdsSchema }),
    z.object({ deleted: foundIdsSchema, failure: z.string().nullable() }),
  ),
  'files.versions': procedure(z.object({ id: idSchema }), z.array(versionRowSchema)),
  'files.restoreVersion': procedure(z.object({ id: idSchema, version: z.number().int() }), nothing),
  'trash.window': procedure(trashWindowInputSchema, trashWindowSchema),
  'trash.size': procedure(nothing, trashSizeSchema),
  'trash.range': procedure(trashRangeInputSchema, foundIdsSchema),
  /** To where they were; with `underFreeNames` to beside it, where that is taken. */
  'trash.restore': procedure(z.object({ ids: someIdsSchema, underFreeNames: z.boolean() }), restoredSchema),
  'trash.restoreTo': procedure(z.object({ id: idSchema, path: z.string().max(4096) }), nothing),
  'trash.purge': procedure(
    z.object({ ids: someIdsSchema }),
    z.object({ purged: z.number(), failure: z.string().nullable() }),
  ),
  'trash.empty': procedure(nothing, z.object({ files: z.number() })),
  'transfers.cancel': procedure(z.object({ id: z.string() }), nothing),
  'transfers.retry': procedure(z.object({ id: z.string() }), nothing),
  'transfers.dismiss': procedure(z.object({ id: z.string() }), nothing),
};

/** What there is to be given to the system's program for a file. */
const foundToOpenSchema = z.discriminatedUnion('state', [
  /** The file itself, in a folder of this device. */
  z.object({ state: z.literal('local'), path: z.string(), mayRunCode: z.boolean() }),
  /** A copy of it, which can only be read. */
  z.object({ state: z.literal('copy'), path: z.string() }),
  /** It may run code, and is not on this device. */
  z.object({ state: z.literal('refused') }),
]);
export type FoundToOpen = z.infer<typeof foundToOpenSchema>;

/** What the engine does for the main process alone: whatever names a place on this machine or changes settings. */
const MAIN_ENGINE_PROCEDURES = {
  'account.leave': procedure(z.object({ everywhere: z.boolean() }), nothing),
  'engine.configure': procedure(
    z.object({
      folders: z.array(syncedFolderSchema),
      /** Whose they are. */
      owner: ownerSchema.nullable(),
      ignoreRules: z.string(),
      pausedBy: z.enum(['person', 'battery', 'metered']).nullable(),
      uploadBytesPerSecond: z.number().nullable(),
      hours: hoursSchema.nullable(),
    }),
    nothing,
  ),
  /** The computer slept: connections are dead, and changes were missed. */
  'engine.woke': procedure(nothing, nothing),
  'files.share': procedure(
    z.object({ id: idSchema, expiresInDays: z.number().int().min(1).max(365).nullable() }),
    z.object({ url: z.string() }),
  ),
  'files.downloadTo': procedure(
    z.object({ ids: someIdsSchema, folder: z.string() }),
    z.object({ files: z.number() }),
  ),
  'files.downloadOne': procedure(
    z.object({ id: idSchema, folder: z.string() }),
    z.object({ path: z.string() }),
  ),
  'files.findToOpen': procedure(z.object({ id: idSchema, folder: z.string() }), foundToOpenSchema),
  'files.upload': procedure(
    z.object({ paths: z.array(z.string()).max(MOST_DROPPED_PATHS), prefix: z.string() }),
    nothing,
  ),
};

export const ENGINE_PROCEDURES = { ...WINDOW_ENGINE_PROCEDURES, ...MAIN_ENGINE_PROCEDURES };

/** What the engine asks of the main process, which alone reaches the keychain and knows the system's proxies. */
export const KEEPER_PROCEDURES = {
  'session.load': procedure(nothing, z.string().nullable()),
  'session.save': procedure(z.object({ session: z.string().nullable() }), nothing),
  /** The proxy to go through to an address; null for none. */
  'proxy.find': procedure(z.object({ url: z.string() }), z.string().nullable()),
};

/** What the engine tells unasked. */
export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: appStateSchema }),
  z.object({ type: z.literal('files-changed') }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
