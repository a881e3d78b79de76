/**
 * Expected failures: one `AppError` with a code of the contracts' list, made by the factory functions below.
 * Whatever else is thrown is a bug. Knows no HTTP: the api maps codes to statuses at its edge.
 */
export { AppError, isAppError } from './app-error.ts';
export * as errors from './catalogue.ts';
export { isStorageError, StorageError, type StorageErrorReason } from './storage-error.ts';
