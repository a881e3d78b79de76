import {
  fileSchema,
  listVersionsInputSchema,
  listVersionsResultSchema,
  restoreVersionInputSchema,
} from '@instashare/contracts';
import { listVersions } from '../services/list-versions.ts';
import { restoreVersion } from '../services/restore-version.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

const tags = ['Versions'];

export const versionsRouter = router({
  list: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files/{id}/versions',
        tags,
        protect: true,
        summary: 'List the versions of a file, newest first',
        errorResponses: [400, 401, 404, 500, 503],
      },
    })
    .input(listVersionsInputSchema)
    .output(listVersionsResultSchema)
    .query(({ ctx, input }) => listVersions(ctx.deps, ctx.principal.userId, input)),

  restore: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/files/{id}/restore',
        tags,
        protect: true,
        summary: 'Make the content of an old version current again, as a new version',
        errorResponses: [400, 401, 404, 409, 412, 413, 415, 500, 503],
      },
    })
    .input(restoreVersionInputSchema)
    .output(fileSchema)
    .mutation(({ ctx, input }) => restoreVersion(ctx.deps, ctx.principal.userId, input)),
});
