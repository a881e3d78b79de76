import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-openapi';
import { appRouter } from '../trpc/router.ts';
import { adminPaths } from './admin-paths.ts';
import { describeProcedures } from './describe-procedures.ts';
import { downloadPaths } from './download-paths.ts';
import { eventPaths } from './event-paths.ts';
import { finishDocument } from './finish-document.ts';
import type { Paths } from './operation.ts';
import { SECURITY_SCHEMES } from './security.ts';
import { serverPaths } from './server-paths.ts';
import { sharePaths } from './share-paths.ts';
import { INTRODUCTION, TAGS } from './texts.ts';
import { uploadPaths } from './upload-paths.ts';
import { webhookRequests } from './webhook-requests.ts';

/** The address of a server that was started without any configuration. */
export const DOCUMENTED_URL = 'http://127.0.0.1:8321';

/** The routes that are not procedures. */
const rawPaths: Paths = {
  ...uploadPaths,
  ...downloadPaths,
  ...sharePaths,
  ...eventPaths,
  ...serverPaths,
  ...adminPaths,
};

/** The OpenAPI 3.1 document: the procedures from the router, the raw byte routes by hand. */
export function createOpenApiDocument(baseUrl: string): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Instashare',
    description: INTRODUCTION,
    version: '0.1.0',
    baseUrl,
    securitySchemes: SECURITY_SCHEMES,
  });
  const paths = describeProcedures(document.paths);
  return finishDocument(
    {
      ...document,
      info: { ...document.info, license: { name: 'MIT', identifier: 'MIT' } },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    },
    { paths: { ...paths, ...merged(paths) }, webhooks: webhookRequests },
  );
}

/** Hand-written operations stand beside generated ones of the same path. */
function merged(generated: Paths): Paths {
  return Object.fromEntries(
    Object.entries(rawPaths).map(([path, item]) => [path, { ...generated[path], ...item }]),
  );
}
