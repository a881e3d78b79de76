import type { FileRow } from '@instashare/backend/database';
import type { FileDto } from '@instashare/contracts';

export function toFileDto(file: FileRow): FileDto {
  return {
    id: file.id,
    path: file.path,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    contentType: file.contentType,
    status: file.status,
    failure: file.failure,
    encoding: file.encoding,
    storedBytes: file.storedBytes,
    version: file.versionNumber,
    modifiedAt: file.modifiedAt?.toISOString() ?? null,
    createdAt: file.createdAt.toISOString(),
    updatedAt: file.updatedAt.toISOString(),
  };
}
