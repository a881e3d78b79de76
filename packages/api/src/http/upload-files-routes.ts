import multipart, { type MultipartFile } from '@fastify/multipart';
import { errors } from '@instashare/backend/errors';
import {
  contentTypeSchema,
  folderPathSchema,
  MAX_FILE_BYTES,
  MAX_MULTIPART_FILES,
} from '@instashare/contracts';
import type { FastifyPluginAsync } from 'fastify';
import type { Dependencies } from '../services/dependencies.ts';
import { receiveFiles } from '../services/receive-files.ts';
import { abortSignalOf } from './abort-signal.ts';
import { expectedVersions } from './expected-versions.ts';
import { principalOf } from './guard-routes.ts';
import { ANY_LENGTH } from './limit-body-time.ts';

/** `POST /upload_files`: any number of `file` parts and an optional `path`, streamed to the store. All or nothing.
 * What `If-Match` or `If-None-Match: *` says holds for each of them. */
export const uploadFilesRoutes: FastifyPluginAsync<Dependencies> = async (app, deps) => {
  await app.register(multipart, {
    // A name may carry folders ("a/b.txt"); cutting it to its last part would hide a bad one, not refuse it.
    preservePath: true,
    limits: {
      fileSize: MAX_FILE_BYTES,
      files: MAX_MULTIPART_FILES,
      fields: 10,
      fieldSize: 8192,
      parts: MAX_MULTIPART_FILES + 10,
    },
    throwFileSizeLimit: true,
  });

  const options = { bodyLimit: ANY_LENGTH, config: { access: 'write' } } as const;
  app.post('/upload_files', options, async (request, reply) => {
    const { userId } = principalOf(request);
    if (!request.isMultipart()) throw errors.invalidField('body', 'send the files as multipart/form-data');
    const signal = abortSignalOf(reply);
    await using reception = receiveFiles(deps, userId);
    let folder = '';
    for await (const part of request.parts()) {
      if (part.type === 'file') await reception.add(toIncomingFile(part), signal);
      else if (part.fieldname === 'path') folder = parseFolder(part.value);
      else
        throw errors.invalidField(
          part.fieldname,
          `"${part.fieldname}" is unknown: send "file" parts and "path"`,
        );
    }
    // Awaited here: returning the bare promise would dispose of the reception before it has booked the files.
    return await reception.finish(folder, expectedVersions(request.headers));
  });
};

function toIncomingFile(part: MultipartFile) {
  if (part.fieldname !== 'file') {
    throw errors.invalidField(
      part.fieldname,
      `"${part.fieldname}" is unknown: name each part that is a file "file"`,
    );
  }
  // The parser gives no name to a part that is a file by its content type alone.
  const name: string | undefined = part.filename;
  if (name === undefined || name === '') {
    throw errors.invalidField('file', 'each "file" part needs a filename: it becomes the path');
  }
  // It also makes up text/plain where the part names no type; a type that is malformed is no better than none.
  const contentType = contentTypeSchema.safeParse(part.mimetype);
  const isDeclared = contentType.success && contentType.data !== 'text/plain';
  return { name, contentType: isDeclared ? contentType.data : undefined, body: part.file };
}

function parseFolder(value: unknown): string {
  const folder = folderPathSchema.safeParse(value);
  if (!folder.success)
    throw errors.invalidField('path', folder.error.issues[0]?.message ?? 'path is malformed');
  return folder.data;
}
