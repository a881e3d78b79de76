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
        description:
          'Every upload to a path and every restored version is one. Old ones go after a while ' +
          '(`VERSIONS_KEPT`, `VERSIONS_KEPT_DAYS`).',
      },
      errors: ['file_not_found'],
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
        description:
          'Nothing of the history is lost. When the file has that content already, it stays as it is.',
      },
      errors: ['file_not_found', 'version_not_found', 'version_mismatch'],
    })
    .input(restoreVersionInputSchema)
    .output(fileSchema)
    .mutation(async ({ ctx, input }) =>
      ctx.tellVersion(
        await restoreVersion(ctx.deps, ctx.principal.userId, { ...input, expected: ctx.expected }),
      ),
    ),
});
