/**
 * What a command and a running watch say to each other: a request on a line, the answer on a line, both JSON. The
 * address is a socket that only the person who runs both can open (ADR 17).
 */
import { z } from 'zod';
import type { PathState } from '../../engine/explain-path.ts';

export const requestSchema = z.discriminatedUnion('command', [
  z.object({ command: z.literal('status') }),
  /** Below the watched folder, `/`-separated, as the file system spells it; '' is the folder. */
  z.object({ command: z.literal('why'), path: z.string() }),
  /** Answered when the folder has been looked through. */
  z.object({ command: z.literal('sync') }),
  z.object({ command: z.literal('pause') }),
  z.object({ command: z.literal('resume') }),
  /** Bytes a second, and a part of the day; null: no limit; left out: as before. */
  z.object({
    command: z.literal('limit'),
    up: z.number().positive().nullable().optional(),
    hours: z.string().nullable().optional(),
  }),
  /** What is gone from the folder is meant to be. */
  z.object({ command: z.literal('confirm-deletes') }),
]);
export type ControlRequest = z.infer<typeof requestSchema>;

const failureFields = { code: z.string(), message: z.string() };
const problemSchema = z.object({ localPath: z.string(), ...failureFields });
const classSchema = z.enum(['global', 'transient', 'permanent', 'vanished']);

const waitingSchema = z.object({ reason: z.string(), ...failureFields, retryInMs: z.number() });

export const statusReplySchema = z.object({
  folder: z.string(),
  to: z.string(),
  server: z.string(),
  pid: z.number(),
  phase: z.enum(['scanning', 'uploading', 'waiting', 'paused', 'up_to_date']),
  totalFiles: z.number(),
  totalBytes: z.number(),
  doneFiles: z.number(),
  doneBytes: z.number(),
  active: z.array(z.object({ path: z.string(), sizeBytes: z.number(), sentBytes: z.number() })),
  /** What the server has from this folder. */
  stored: z.object({ files: z.number(), sizeBytes: z.number() }),
  /** Files that are gone from the folder and stay on the server until somebody confirms that it is meant. */
  heldDeletions: z.number(),
  isPaused: z.boolean(),
  /** ISO time from which on it uploads again; null: it may now. */
  closedUntil: z.string().nullable(),
  limits: z.object({ bytesPerSecond: z.number().nullable(), hours: z.string().nullable() }),
  waiting: waitingSchema.nullable(),
  /** ISO time at which the server answered last when it was asked whether it is there; null: not yet. */
  heardAt: z.string().nullable(),
  problems: z.object({ count: z.number(), some: z.array(problemSchema) }),
});
export type StatusReply = z.infer<typeof statusReplySchema>;

const ruleSchema = z.object({
  pattern: z.string(),
  from: z.enum(['default', 'file', 'option']),
  file: z.string().nullable(),
  line: z.number().nullable(),
});

const failedFields = { ...failureFields, failureClass: classSchema };

const pathStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('stored'), version: z.number(), sizeBytes: z.number(), atMs: z.number() }),
  z.object({ state: z.literal('uploading'), sizeBytes: z.number(), sentBytes: z.number() }),
  z.object({ state: z.literal('queued'), sizeBytes: z.number() }),
  z.object({ state: z.literal('settling'), inMs: z.number() }),
  z.object({ state: z.literal('retrying'), inMs: z.number(), ...failedFields }),
  z.object({ state: z.literal('given_up'), ...failedFields }),
  z.object({ state: z.literal('unseen') }),
  z.object({
    state: z.literal('skipped'),
    at: z.string(),
    isFolderOnTheWay: z.boolean(),
    isStored: z.boolean(),
    why: z.enum(['symlink', 'special', 'excluded', 'ignored', 'not_selected', 'too_large', 'unclear']),
    rule: ruleSchema.exactOptional(),
  }),
  z.object({ state: z.literal('missing'), isStored: z.boolean(), isHeld: z.boolean() }),
  z.object({ state: z.literal('folder'), count: z.number(), problems: z.array(problemSchema).readonly() }),
]) satisfies z.ZodType<PathState>;

/** How it stands with a path, and what keeps everything back, if anything does. */
export const whyReplySchema = z.object({
  path: pathStateSchema,
  isPaused: z.boolean(),
  closedUntil: z.string().nullable(),
  waiting: waitingSchema.nullable(),
});
export type WhyReply = z.infer<typeof whyReplySchema>;

export const answerSchema = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object(failureFields) }),
]);
export type ControlAnswer = z.infer<typeof answerSchema>;
