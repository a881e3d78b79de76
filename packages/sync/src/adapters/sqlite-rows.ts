import type Database from 'libsql';
import type { KnownFile } from '../model/known-file.ts';

// Times and inodes do not fit a double.
export const prepareRead = (database: Database.Database, sql: string) =>
  database.prepare(sql).raw(true).safeIntegers(true);

/** Inodes are unsigned, SQLite's integers are not. */
export const toInt64 = (value: bigint) => BigInt.asIntN(64, value);
export const toUint64 = (value: bigint) => BigInt.asUintN(64, value);

export function columns(row: unknown): readonly unknown[] {
  if (!Array.isArray(row)) throw new TypeError('the state database gave no row');
  return row;
}

export function optional<T>(row: unknown, map: (row: unknown) => T): T | undefined {
  return row === undefined || row === null ? undefined : map(row);
}

export function bigint(value: unknown): bigint {
  if (typeof value !== 'bigint') throw new TypeError('the state database gave no integer');
  return value;
}

export function toKnownFile(row: unknown): KnownFile {
  const [path, localPath, sizeBytes, mtimeNs, ctimeNs, ino, sha256, ...rest] = columns(row);
  const [fileId, version, recordedAtMs, birthNs] = rest;
  return {
    path: String(path),
    localPath: String(localPath),
    sizeBytes: Number(sizeBytes),
    mtimeNs: bigint(mtimeNs),
    ctimeNs: bigint(ctimeNs),
    ino: toUint64(bigint(ino)),
    birthNs: bigint(birthNs),
    sha256: String(sha256),
    fileId: String(fileId),
    version: Number(version),
    recordedAtMs: Number(recordedAtMs),
  };
}
