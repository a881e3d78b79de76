import type { FileRow, Repositories } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';

/** What a write expects of the file that is at its path now. */
export type ExpectedVersion =
  | { readonly kind: 'any' }
  /** 0: that there is none. */
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'content'; readonly sha256: string };

export interface Expectation {
  readonly ifVersion?: number | undefined;
  /** One of these must hold; beside `ifVersion`. */
  readonly expected?: readonly ExpectedVersion[] | undefined;
}

export interface ConditionalWrite extends Expectation {
  readonly path: string;
  /** What the content will be, when that is known. */
  readonly sha256: string | null;
}

/**
 * The number of the version that the file must still be at when the write is booked (0: none), or null when the
 * write goes on whatever is there. Rejects with `version_mismatch`, except when the file has the content
 * already: then this is a write that went through and is asked again, since its answer was lost.
 */
export async function expectedVersion(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  write: ConditionalWrite,
): Promise<number | null> {
  const { path, sha256 } = write;
  if (expectsNothing(write)) return null;
  const file = await database.repositories.files.findByPath(userId, path);
  const number = file?.versionNumber ?? 0;
  const isRepeated = file !== null && file.sha256 === sha256;
  if (!holds(write, file) && !isRepeated) throw errors.versionMismatch(path, number);
  return number;
}

/**
 * Rejects with `file_not_found`, or `version_mismatch` when the file is not what is expected. A file that is
 * locked stays so until the transaction ends.
 */
export async function requireExpected(
  { files }: Pick<Repositories, 'files'>,
  userId: string,
  expectation: Expectation & { readonly id: string },
): Promise<void> {
  if (expectsNothing(expectation)) return;
  const file = await files.find(userId, expectation.id);
  if (file === null) throw errors.fileNotFound();
  if (!holds(expectation, file)) throw errors.versionMismatch(file.path, file.versionNumber);
}

const expectsNothing = ({ ifVersion, expected }: Expectation): boolean =>
  ifVersion === undefined && expected === undefined;

function holds({ ifVersion, expected }: Expectation, file: FileRow | null): boolean {
  return (
    (ifVersion === undefined || ifVersion === (file?.versionNumber ?? 0)) &&
    (expected === undefined || expected.some((one) => isMet(one, file)))
  );
}

function isMet(expected: ExpectedVersion, file: FileRow | null): boolean {
  switch (expected.kind) {
    case 'any':
      return file !== null;
    case 'number':
      return expected.number === (file?.versionNumber ?? 0);
    case 'content':
      return expected.sha256 === file?.sha256;
  }
}
