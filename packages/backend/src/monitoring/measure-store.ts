import { isStorageError } from '../errors/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { StoreMeter } from './meters.ts';

/**
 * The same store, whose calls are timed: `read` until its stream is open, `put` until the object is durable, which
 * includes waiting for whoever sends it.
 */
export function measureStore(store: ObjectStore, meter: StoreMeter | undefined): ObjectStore {
  if (meter === undefined) return store;
  async function timed<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
    const startMs = performance.now();
    let failure: string | null = null;
    try {
      return await work();
    } catch (error) {
      failure = failureOf(error);
      throw error;
    } finally {
      meter?.ended(operation, (performance.now() - startMs) / 1000, failure);
    }
  }
  return {
    ...store,
    put: (...args) => timed('put', () => store.put(...args)),
    read: (...args) => timed('read', () => store.read(...args)),
    stat: (...args) => timed('stat', () => store.stat(...args)),
    delete: (...args) => timed('delete', () => store.delete(...args)),
    list: (...args) => timed('list', () => store.list(...args)),
    check: () => timed('check', () => store.check()),
    createUploadSession: (...args) =>
      timed('create_upload_session', () => store.createUploadSession(...args)),
    renewUploadSession: (...args) => timed('renew_upload_session', () => store.renewUploadSession(...args)),
    uploadSessionStatus: (...args) =>
      timed('upload_session_status', () => store.uploadSessionStatus(...args)),
    cancelUploadSession: (...args) =>
      timed('cancel_upload_session', () => store.cancelUploadSession(...args)),
  };
}

/** One of few words, whatever went wrong. */
function failureOf(error: unknown): string {
  if (isStorageError(error)) return error.reason;
  return error instanceof Error && error.name === 'AbortError' ? 'aborted' : 'other';
}
