import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  type BundledFile,
  type BundleFile,
  type BundleOptions,
  type ClientErrorCode,
  InstashareError,
  isInstashareError,
  type UploadRequest,
} from '@instashare/client/node';
import type { Remote } from '../../src/engine/environment.ts';
import type { FakeClock } from './fake-clock.ts';
import { createMemoryStore, type MemoryStore } from './memory-store.ts';

/** A server in memory: what it stores, and what came over the line. */
export interface MemoryRemote
  extends Remote,
    Pick<MemoryStore, 'current' | 'damage' | 'idAt' | 'trash' | 'versions'> {
  readonly sentBytes: number;
  readonly calls: number;
  /** The paths of each bundle that came, in order. */
  readonly bundles: readonly (readonly string[])[];
  /** How many were under way when each began, itself included. */
  readonly bundlesAtOnce: readonly number[];
  /** Uploads that were begun, with the bytes that the store has of them. */
  readonly sessions: ReadonlyMap<string, number>;
  readonly cancelled: readonly string[];
  /** Everything fails so until it is null again. */
  failAll(code: ClientErrorCode | null): void;
  /** Nobody answers who is called, or again. */
  unreachable(isSo: boolean): void;
  failPath(path: string, code: ClientErrorCode | null): void;
  /** Another device does so. */
  writeElsewhere(path: string, content: string): void;
  /** Every upload and every bundle takes this long. */
  takes(ms: number): void;
  /** Bundles of more content than this are refused with this code. */
  limitBundles(limit: { readonly bytes: number; readonly code: ClientErrorCode } | null): void;
  /** From so many versions on, uploads hang: the engine that waits for them may as well be dead. */
  hangFrom(versions: number): void;
  /** Answers new calls; those that hang are never heard of again. */
  revive(): void;
  /** Called when an upload has sent so many bytes: throw, to cut the line there; it waits for what is returned. */
  onSent(hook: SentHook | null): void;
  /** Called before and after files are stored, moved or deleted: throw, to lose the request or the answer. */
  onChange(hook: ChangeHook | null): void;
}

type ChangeHook = (what: 'upload' | 'move' | 'delete', when: 'before' | 'after') => void | Promise<void>;

type SentHook = (path: string, sentBytes: number) => void | Promise<void>;

const BLOCK_BYTES = 256 * 1024;

export function createMemoryRemote(clock: FakeClock): MemoryRemote {
  const store = createMemoryStore(() => clock.now().wallMs);
  const { versions } = store;
  const sessions = new Map<string, number>();
  const cancelled: string[] = [];
  const bundles: (readonly string[])[] = [];
  const bundlesAtOnce: number[] = [];
  let underWay = 0;
  const failing = new Map<string, ClientErrorCode>();
  let failingAll: ClientErrorCode | null = null;
  let isUnreachable = false;
  let sentHook: SentHook | null = null;
  let changeHook: ChangeHook | null = null;
  let sentBytes = 0;
  let calls = 0;
  let tookMs = 0;
  let hangingFrom = Number.POSITIVE_INFINITY;
  let bundleLimit: { readonly bytes: number; readonly code: ClientErrorCode } | null = null;

  /** The way to the server and back. */
  async function travel(): Promise<void> {
    await new Promise<void>((arrive) => {
      if (versions.length >= hangingFrom) return;
      if (tookMs === 0) arrive();
      else clock.after(tookMs, arrive);
    });
  }

  const throwIfFailing = (path: string) => {
    if (isUnreachable) throw new InstashareError('network', 'told to be unreachable', { hadNoEffect: true });
    const code = failingAll ?? failing.get(path);
    if (code !== undefined) throw new InstashareError(code, `told to fail with ${code}`);
  };

  async function receive(options: UploadRequest): Promise<string> {
    const { source, resumeUploadId, onProgress, onSession, path, signal } = options;
    const resumed = resumeUploadId === undefined ? undefined : sessions.get(resumeUploadId);
    const id = resumed === undefined ? `session-${sessions.size + 1}` : (resumeUploadId ?? '');
    if (resumed === undefined) {
      sessions.set(id, 0);
      await onSession?.(id);
    }
    const bytes = Buffer.alloc(source.sizeBytes);
    for (let position = 0; position < source.sizeBytes; ) {
      signal?.throwIfAborted();
      const bytesRead = await source.read(bytes.subarray(position, position + BLOCK_BYTES), position);
      if (bytesRead === 0) throw new InstashareError('source_changed', 'the file ended early');
      position += bytesRead;
      if (position <= (sessions.get(id) ?? 0)) continue;
      throwIfFailing(path);
      await sentHook?.(path, position);
      sentBytes += bytesRead;
      sessions.set(id, position);
      onProgress?.(position);
    }
    await options.beforeComplete?.(createHash('sha256').update(bytes).digest('hex'));
    throwIfFailing(path);
    return bytes.toString();
  }

  async function change<T>(what: 'move' | 'delete', make: () => T): Promise<T> {
    calls += 1;
    await travel();
    throwIfFailing('');
    return between(what, make);
  }

  async function between<T>(what: Parameters<ChangeHook>[0], make: () => T): Promise<T> {
    await changeHook?.(what, 'before');
    const result = make();
    await changeHook?.(what, 'after');
    return result;
  }

  /** Like the server: what concerns the whole request refuses all of it, a bad entry only itself. */
  async function receiveBundle(
    bundle: readonly BundleFile[],
    { linkFirst, signal }: BundleOptions,
  ): Promise<BundledFile[]> {
    const sizeBytes = bundle.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (bundleLimit !== null && sizeBytes > bundleLimit.bytes) {
      throw new InstashareError(bundleLimit.code, `told to refuse more than ${bundleLimit.bytes} bytes`);
    }
    const isLinked = ({ bytes }: BundleFile) =>
      linkFirst === true && store.content(createHash('sha256').update(bytes).digest('hex')) !== undefined;
    const linked = new Set(bundle.filter(isLinked));
    if (linkFirst === true) {
      calls += 1;
      throwIfFailing('');
    }
    for (const file of bundle) {
      const { path, bytes } = file;
      signal?.throwIfAborted();
      if (linked.has(file)) continue;
      await sentHook?.(path, bytes.byteLength);
      sentBytes += bytes.byteLength;
    }
    const puts = bundle.map((file): (() => BundledFile) => {
      try {
        throwIfFailing(file.path);
      } catch (error) {
        if (!isInstashareError(error, 'invalid_input', 'checksum_mismatch')) throw error;
        return () => ({ error });
      }
      const content = Buffer.from(file.bytes).toString();
      const sha256 = createHash('sha256').update(content).digest('hex');
      return () => {
        const alreadyStored = store.content(sha256) !== undefined;
        const sent = linked.has(file) ? 0 : file.bytes.byteLength;
        return { file: store.put(file.path, content, sha256), sha256, alreadyStored, sentBytes: sent };
      };
    });
    return between('upload', () => puts.map((put) => put()));
  }

  return {
    ...store,
    bundles,
    bundlesAtOnce,
    sessions,
    cancelled,
    get sentBytes() {
      return sentBytes;
    },
    get calls() {
      return calls;
    },
    failAll: (code) => (failingAll = code),
    unreachable: (isSo) => (isUnreachable = isSo),
    failPath(path, code) {
      if (code === null) failing.delete(path);
      else failing.set(path, code);
    },
    onSent: (hook) => (sentHook = hook),
    onChange: (hook) => (changeHook = hook),
    moveFiles: (moves) => change('move', () => store.move(moves)),
    deleteFiles: (files) => change('delete', () => store.remove(files)),
    takes: (ms) => (tookMs = ms),
    limitBundles: (limit) => (bundleLimit = limit),
    hangFrom: (count) => (hangingFrom = count),
    revive: () => (hangingFrom = Number.POSITIVE_INFINITY),
    async upload(options) {
      calls += 1;
      await travel();
      throwIfFailing(options.path);
      const before = sentBytes;
      const linked = options.sha256 === undefined ? undefined : store.content(options.sha256);
      if (linked !== undefined && options.sha256 !== undefined) {
        const { path, sha256: known } = options;
        const file = await between('upload', () => store.put(path, linked, known));
        return { file, sha256: file.sha256, alreadyStored: true, sentBytes: 0 };
      }
      const content = await receive(options);
      await travel();
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (options.sha256 !== undefined && options.sha256 !== sha256) {
        throw new InstashareError('checksum_mismatch', 'the bytes are not those that were declared');
      }
      const file = await between('upload', () => store.put(options.path, content, sha256));
      return { file, sha256, alreadyStored: false, sentBytes: sentBytes - before };
    },
    async uploadBundle(bundle, options) {
      calls += 1;
      underWay += 1;
      bundlesAtOnce.push(underWay);
      try {
        await travel();
        bundles.push(bundle.map(({ path }) => path));
        const results = await receiveBundle(bundle, options);
        await travel();
        return results;
      } finally {
        underWay -= 1;
      }
    },
    async findByPath(path) {
      calls += 1;
      await Promise.resolve();
      throwIfFailing(path);
      const file = store.at(path);
      if (file === undefined) return null;
      const { content, id, sha256, updatedAtMs, version } = file;
      const updatedAt = new Date(updatedAtMs).toISOString();
      return { id, version, sha256, updatedAt, sizeBytes: Buffer.byteLength(content) };
    },
    writeElsewhere(path, content) {
      store.put(path, content, createHash('sha256').update(content).digest('hex'));
    },
    async *findFailed(folder, signal) {
      if (versions.length >= hangingFrom) await Promise.race([travel(), once(signal, 'abort')]);
      signal.throwIfAborted();
      throwIfFailing('');
      yield* store.damaged().filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
    },
    async cancelUpload(uploadId) {
      calls += 1;
      await Promise.resolve();
      throwIfFailing('');
      cancelled.push(uploadId);
      sessions.delete(uploadId);
    },
  };
}
