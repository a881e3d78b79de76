import type { FileRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { FileByPathInput, FileDto, FileIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toFileDto } from './to-file-dto.ts';

type Used = Pick<Dependencies, 'database'>;

/** The row of a file of this user. Rejects with `file_not_found`, for another user's file too. */
export async function findFile({ database }: Used, userId: string, fileId: string): Promise<FileRow> {
  const file = await database.repositories.files.find(userId, fileId);
  if (file === null) throw errors.fileNotFound();
  return file;
}

export async function getFile(deps: Used, userId: string, input: FileIdInput): Promise<FileDto> {
  return toFileDto(await findFile(deps, userId, input.id));
}

export async function getFileByPath(
  { database }: Used,
  userId: string,
  input: FileByPathInput,
): Promise<FileDto> {
  const file = await database.repositories.files.findByPath(userId, input.path);
  if (file === null) throw errors.fileNotFound();
  return toFileDto(file);
}
